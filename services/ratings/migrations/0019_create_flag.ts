import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_flag (
    id BINARY(16) NOT NULL,
    rating_id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    evidence VARCHAR(500) NOT NULL,
    flagged_by BINARY(16) NULL,
    flagged_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    flagged_at DATETIME(3) NOT NULL,
    lifted_by BINARY(16) NULL,
    lifted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    lifted_words VARCHAR(500) NULL,
    lifted_at DATETIME(3) NULL,
    open_rating_id BINARY(16) NULL,
    bin_id BINARY(16) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_flag_open (open_rating_id),
    KEY ratings_flag_rating (rating_id),
    KEY ratings_flag_bin (bin_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
