import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_resident (
    person_id BINARY(16) NOT NULL,
    erased_at DATETIME(3) NULL,
    PRIMARY KEY (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
