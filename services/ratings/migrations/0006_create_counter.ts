import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_counter (
    subject_id BINARY(16) NOT NULL,
    month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rater_class VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    programme_id BINARY(16) NOT NULL,
    unit_id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level_1 INT NOT NULL,
    level_2 INT NOT NULL,
    level_3 INT NOT NULL,
    level_4 INT NOT NULL,
    level_5 INT NOT NULL,
    PRIMARY KEY (subject_id, month, rater_class, programme_id, unit_id, area_path),
    KEY ratings_counter_area (month, area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
