import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_pool (
    subject_id BINARY(16) NOT NULL,
    rater_class VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_id BINARY(16) NOT NULL,
    look_at DATETIME(3) NULL,
    PRIMARY KEY (subject_id, rater_class),
    KEY ratings_pool_look_at (look_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
