import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_recognition_rules (
    programme_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    terms VARCHAR(1000) NOT NULL,
    set_by BINARY(16) NOT NULL,
    set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (programme_id, version)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
