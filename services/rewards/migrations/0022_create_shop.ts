import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_shop (
    id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    name VARCHAR(60) NOT NULL,
    address VARCHAR(120) NOT NULL,
    hours VARCHAR(60) NOT NULL,
    phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY rewards_shop_merchant (merchant_id, id),
    KEY rewards_shop_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
