import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS identity_consent (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    how VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recorded_by BINARY(16) NULL,
    given_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY identity_consent_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
