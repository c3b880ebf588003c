import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_settings (
    programme_id BINARY(16) NOT NULL,
    settings VARCHAR(1000) NOT NULL,
    set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (programme_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
