import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'directory_unit',
  `ADD COLUMN address VARCHAR(120) NOT NULL DEFAULT '',
    ADD COLUMN contact_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD COLUMN state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open'`,
);
