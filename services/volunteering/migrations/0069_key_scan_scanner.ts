import { alterTable } from '@ddp/db-kit/command-tables';

// Whoever leaves is looked for here, too.
export const { up } = alterTable(
  'volunteering_scan',
  'ADD KEY volunteering_scan_scanner (scanned_by)',
);
