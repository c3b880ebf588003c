import { alterTable } from '@ddp/db-kit/command-tables';

// Whoever leaves is looked for here, too.
export const { up } = alterTable(
  'volunteering_attendance',
  'ADD KEY volunteering_attendance_confirmer (confirmed_by)',
);
