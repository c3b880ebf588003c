import { ddl } from '@ddp/db-kit/command-tables';

// The lock under which a person signs up, is counted and leaves.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_person (
    person_id BINARY(16) NOT NULL,
    left_at DATETIME(3) NULL,
    PRIMARY KEY (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
