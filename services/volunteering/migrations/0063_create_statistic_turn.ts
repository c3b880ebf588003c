import { ddl } from '@ddp/db-kit/command-tables';

// Whoever writes the statistics of a programme takes turns by its row.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_statistic_turn (
    programme_id BINARY(16) NOT NULL,
    PRIMARY KEY (programme_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
