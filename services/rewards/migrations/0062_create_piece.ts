import { ddl } from '@ddp/db-kit/command-tables';

// A row is a piece of reserved stock that no redemption has taken over yet.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_piece (
    id BINARY(16) NOT NULL,
    owner_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    budget_id BINARY(16) NULL,
    price_points BIGINT NOT NULL,
    unit_value_cents BIGINT NOT NULL,
    redemption_id BINARY(16) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_piece_redemption (redemption_id),
    KEY rewards_piece_owner (owner_id),
    KEY rewards_piece_share (benefit_id, merchant_id),
    KEY rewards_piece_budget (budget_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
