import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'directory_subject',
  `ADD COLUMN stage VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN closed_reason VARCHAR(500) NULL,
    ADD KEY directory_subject_unit (unit_id)`,
);
