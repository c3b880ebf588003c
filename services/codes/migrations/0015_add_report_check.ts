import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'codes_report',
  `ADD COLUMN state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    ADD COLUMN outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL, ADD COLUMN findings VARCHAR(500) NULL,
    ADD COLUMN checked_at DATETIME(3) NULL, ADD COLUMN checked_by BINARY(16) NULL,
    ADD KEY codes_report_path (area_path)`,
);
