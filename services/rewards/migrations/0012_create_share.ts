import { ddl } from '@ddp/db-kit/command-tables';

// The stock of a benefit at one of its merchants.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_share (
    benefit_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    initial_stock BIGINT NOT NULL,
    available BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    sold BIGINT NOT NULL,
    PRIMARY KEY (benefit_id, merchant_id),
    KEY rewards_share_merchant (merchant_id, benefit_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
