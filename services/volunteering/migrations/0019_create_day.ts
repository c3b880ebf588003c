import { ddl } from '@ddp/db-kit/command-tables';

// Verified minutes of a person in a day, over all shifts.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_day (
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    on_day DATE NOT NULL,
    minutes INT NOT NULL,
    PRIMARY KEY (programme_id, person_id, on_day)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
