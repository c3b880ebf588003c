import { alterTable } from '@ddp/db-kit/command-tables';

// Who serves asks for the codes that they are rated by.
export const { up } = alterTable(
  'codes_subject_card',
  'ADD KEY codes_subject_card_person (person_id)',
);
