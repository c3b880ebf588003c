import { ddl } from '@ddp/db-kit/command-tables';

// Sealed, since it bears a whole name; it goes when its person is erased.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_certificate_paper (
    certificate_id BINARY(16) NOT NULL,
    key_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed MEDIUMBLOB NOT NULL,
    PRIMARY KEY (certificate_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
