import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_area_map (
    area_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    map MEDIUMTEXT NOT NULL,
    set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (area_code)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
