import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_correction (
    hours_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    minutes_before INT NOT NULL,
    minutes_after INT NOT NULL,
    reason VARCHAR(200) NOT NULL,
    corrected_by BINARY(16) NOT NULL,
    corrected_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    corrected_at DATETIME(3) NOT NULL,
    PRIMARY KEY (hours_id, version)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
