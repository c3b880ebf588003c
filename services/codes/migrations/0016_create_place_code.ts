import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_place_code (
    id BINARY(16) NOT NULL,
    number VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    opens_at DATETIME(3) NOT NULL,
    closes_at DATETIME(3) NOT NULL,
    step_seconds INT NOT NULL,
    key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    salt BINARY(16) NOT NULL,
    is_closed TINYINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY codes_place_code_number (number),
    KEY codes_place_code_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
