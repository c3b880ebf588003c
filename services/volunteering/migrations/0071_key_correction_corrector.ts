import { alterTable } from '@ddp/db-kit/command-tables';

// Whoever leaves is looked for here, too.
export const { up } = alterTable(
  'volunteering_correction',
  'ADD KEY volunteering_correction_corrector (corrected_by)',
);
