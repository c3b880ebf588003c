import { ddl } from '@ddp/db-kit/command-tables';

// A verified voucher has one line ever, and at most one that corrects it.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_statement_line (
    id BINARY(16) NOT NULL,
    statement_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    verification_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    voucher_id BINARY(16) NOT NULL,
    redemption_id BINARY(16) NOT NULL,
    benefit_title VARCHAR(60) NOT NULL,
    shop_name VARCHAR(60) NULL,
    verified_by VARCHAR(20) NOT NULL,
    verified_at DATETIME(3) NOT NULL,
    points BIGINT NOT NULL,
    cents BIGINT NOT NULL,
    payer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sponsor VARCHAR(60) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_statement_line_once (verification_id, kind),
    KEY rewards_statement_line_of (statement_id, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
