import { addColumns } from '@ddp/db-kit/command-tables';

export const { up } = addColumns('points_award', {
  option_key: 'VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL',
  proposed_at: 'DATETIME(3) NULL',
  approved_by: 'BINARY(16) NULL',
  approved_by_role: 'VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL',
  approved_at: 'DATETIME(3) NULL',
  entry_reference: 'VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL',
  published_from: 'DATE NULL',
  published_to: 'DATE NULL',
  end_reason: 'VARCHAR(500) NULL',
});
