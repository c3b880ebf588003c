import { alterTable } from '@ddp/db-kit/command-tables';

// What was told last of what a budget could pay out; null where nothing was.
export const { up } = alterTable(
  'rewards_budget',
  `ADD COLUMN funding_version INT NOT NULL DEFAULT 0,
  ADD COLUMN told_points BIGINT NULL`,
);
