import { ddl } from '@ddp/db-kit/command-tables';

// Written with the hours that may have raised or lowered somebody; a sweep takes it away.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_star_due (
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    due_at DATETIME(3) NOT NULL,
    PRIMARY KEY (programme_id, person_id),
    KEY volunteering_star_due_person (person_id),
    KEY volunteering_star_due_at (due_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
