import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS identity_grant (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    merchant_id BINARY(16) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY identity_grant_person (person_id),
    KEY identity_grant_role (role)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
