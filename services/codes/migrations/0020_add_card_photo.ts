import { alterTable } from '@ddp/db-kit/command-tables';

// Where the picture of a subject is read; a card from before has one once the subject changes.
export const { up } = alterTable('codes_subject_card', 'ADD COLUMN photo_digest BINARY(32) NULL');
