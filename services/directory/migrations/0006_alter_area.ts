import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'directory_area',
  `ADD COLUMN state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    ADD COLUMN merged_into VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN households INT NULL`,
);
