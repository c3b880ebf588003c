import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'notices_entry',
  `ADD COLUMN outcome VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN closed_at DATETIME(3) NULL,
  ADD COLUMN objections INT NOT NULL DEFAULT 0,
  ADD COLUMN open_objections INT NOT NULL DEFAULT 0`,
);
