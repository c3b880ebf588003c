import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_voucher (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    redemption_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    voucher_number CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    salt BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    issued_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    used_at DATETIME(3) NULL,
    used_step BIGINT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_voucher_redemption (redemption_id),
    UNIQUE KEY rewards_voucher_typed (voucher_number),
    KEY rewards_voucher_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
