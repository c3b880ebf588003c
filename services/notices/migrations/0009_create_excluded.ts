import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_excluded (
    entry_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    PRIMARY KEY (entry_id, person_id),
    KEY notices_excluded_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
