import { alterTable } from '@ddp/db-kit/command-tables';

// The merchant is chosen with the request, or found when stock is set aside.
export const { up } = alterTable(
  'rewards_redemption',
  `ADD COLUMN merchant_id BINARY(16) NULL,
  ADD COLUMN budget_id BINARY(16) NULL,
  ADD COLUMN unit_value_cents BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN text_version INT NOT NULL DEFAULT 1,
  ADD COLUMN quota_periods VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY rewards_redemption_budget (budget_id, state),
  ADD KEY rewards_redemption_merchant (merchant_id, state)`,
);
