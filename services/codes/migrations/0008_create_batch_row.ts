import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_batch_row (
    batch_id BINARY(16) NOT NULL,
    position INT NOT NULL,
    subject_id BINARY(16) NOT NULL,
    place VARCHAR(60) NOT NULL,
    code_id BINARY(16) NULL,
    PRIMARY KEY (batch_id, position)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
