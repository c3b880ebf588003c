import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'points_participation',
  `ADD COLUMN level_standing INT NOT NULL DEFAULT 0, ADD COLUMN level_until DATE NULL,
    ADD COLUMN naming_version INT NOT NULL DEFAULT 0`,
);
