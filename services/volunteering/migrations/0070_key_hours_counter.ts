import { alterTable } from '@ddp/db-kit/command-tables';

// Whoever leaves is looked for here, too.
export const { up } = alterTable(
  'volunteering_hours',
  'ADD KEY volunteering_hours_counter (counted_by)',
);
