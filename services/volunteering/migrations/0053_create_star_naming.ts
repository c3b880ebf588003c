import { ddl } from '@ddp/db-kit/command-tables';

// The row stays without its nickname when the consent is taken back, so that versions go on.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_star_naming (
    person_id BINARY(16) NOT NULL,
    nickname VARCHAR(20) NULL,
    naming_version INT NOT NULL,
    given_at DATETIME(3) NULL,
    PRIMARY KEY (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
