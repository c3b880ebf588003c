import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_consent (
    id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    version VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    given_at DATETIME(3) NOT NULL,
    withdrawn_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    KEY points_consent_participation (participation_id, withdrawn_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
