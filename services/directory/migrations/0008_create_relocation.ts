import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_relocation (
    id BINARY(16) NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    target_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    old_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    new_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    under_way TINYINT NULL,
    reason VARCHAR(500) NOT NULL,
    settle_at DATETIME(3) NULL,
    started_at DATETIME(3) NOT NULL,
    finished_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY directory_relocation_one (under_way)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
