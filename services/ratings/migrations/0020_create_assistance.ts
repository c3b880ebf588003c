import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_assistance (
    rating_id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assisted_by BINARY(16) NULL,
    assisted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent_words VARCHAR(200) NOT NULL,
    consented_on DATE NOT NULL,
    elder_ref VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    recorded_at DATETIME(3) NOT NULL,
    PRIMARY KEY (rating_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
