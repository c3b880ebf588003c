import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'codes_batch_row',
  'ADD COLUMN is_left_out TINYINT NOT NULL DEFAULT 0',
);
