import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_screened_word (
    id BINARY(16) NOT NULL,
    word VARCHAR(60) NOT NULL,
    folded VARBINARY(240) NOT NULL,
    added_by BINARY(16) NULL,
    added_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_screened_word_folded (folded)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
