import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_bin (
    id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    rater_class VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    programme_id BINARY(16) NOT NULL,
    unit_id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    first_id BINARY(16) NOT NULL,
    last_id BINARY(16) NOT NULL,
    raters INT NOT NULL,
    level_1 INT NOT NULL,
    level_2 INT NOT NULL,
    level_3 INT NOT NULL,
    level_4 INT NOT NULL,
    level_5 INT NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    closed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_bin_first (subject_id, rater_class, first_id),
    KEY ratings_bin_area (month, area_path),
    KEY ratings_bin_unit (unit_id, month)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
