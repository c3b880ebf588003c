import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_follow_up_terms (
    programme_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    from_on DATE NOT NULL,
    terms VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    set_by BINARY(16) NULL,
    set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (programme_id, version)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
