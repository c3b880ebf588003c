import { alterTable } from '@ddp/db-kit/command-tables';

// 0: never told. An index, since those that were on offer before are looked for once.
export const { up } = alterTable(
  'rewards_benefit',
  `ADD COLUMN funding_version INT NOT NULL DEFAULT 0,
  ADD KEY rewards_benefit_funding (funding_version, state)`,
);
