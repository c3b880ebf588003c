import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_right (
    id BINARY(16) NOT NULL,
    kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash BINARY(32) NULL,
    minted_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    source_id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    rates_again BINARY(16) NULL,
    expires_at DATETIME(3) NOT NULL,
    used_by BINARY(16) NULL,
    minted_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_right_source (minted_by, source_id),
    UNIQUE KEY ratings_right_token (token_hash),
    KEY ratings_right_again (rates_again),
    KEY ratings_right_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
