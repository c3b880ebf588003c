import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_hours_day (
    hours_id BINARY(16) NOT NULL,
    on_day DATE NOT NULL,
    minutes INT NOT NULL,
    PRIMARY KEY (hours_id, on_day)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
