import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_question_set (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    version INT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    content LONGTEXT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NULL,
    drafted_by BINARY(16) NULL,
    drafted_at DATETIME(3) NOT NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_question_set_version (programme_id, version)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
