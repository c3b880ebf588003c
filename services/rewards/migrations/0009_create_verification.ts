import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_verification (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    voucher_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    operator_id BINARY(16) NOT NULL,
    operator_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    verified_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_verification_voucher (voucher_id),
    KEY rewards_verification_merchant (merchant_id, id),
    KEY rewards_verification_operator (operator_id),
    KEY rewards_verification_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
