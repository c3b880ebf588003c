import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_print_part (
    print_id BINARY(16) NOT NULL,
    attempt INT NOT NULL,
    part INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (print_id, attempt, part)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
