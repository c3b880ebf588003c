import { alterTable } from '@ddp/db-kit/command-tables';

export const { up } = alterTable(
  'rewards_benefit',
  `ADD COLUMN allocation VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT 'first-come'`,
);
