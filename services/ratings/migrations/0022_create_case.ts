import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_case (
    id BINARY(16) NOT NULL,
    pattern VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    once_key BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ratings INT NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    opened_at DATETIME(3) NOT NULL,
    due_at DATETIME(3) NOT NULL,
    decided_by BINARY(16) NULL,
    decided_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decided_words VARCHAR(500) NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_case_once (once_key),
    KEY ratings_case_due (state, due_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
