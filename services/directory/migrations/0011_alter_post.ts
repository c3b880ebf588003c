import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'directory_post',
  `ADD COLUMN substitute_for BINARY(16) NULL,
    ADD COLUMN reason VARCHAR(200) NULL,
    ADD COLUMN version INT NOT NULL DEFAULT 1,
    ADD KEY directory_post_substitute (substitute_for),
    ADD KEY directory_post_unit (unit_id)`,
);
