import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_print_item (
    print_id BINARY(16) NOT NULL,
    position INT NOT NULL,
    object_id BINARY(16) NOT NULL,
    PRIMARY KEY (print_id, position)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
