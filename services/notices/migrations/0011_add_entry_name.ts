import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'notices_entry',
  'ADD COLUMN named_as VARCHAR(20) NULL, ADD COLUMN naming_version INT NOT NULL DEFAULT 0',
);
