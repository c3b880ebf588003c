import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_quota (
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    quota_month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    used INT NOT NULL,
    PRIMARY KEY (programme_id, person_id, benefit_id, quota_month),
    KEY rewards_quota_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
