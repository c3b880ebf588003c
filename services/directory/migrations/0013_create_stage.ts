import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_stage (
    subject_id BINARY(16) NOT NULL,
    step INT NOT NULL,
    stage VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    on_date DATE NOT NULL,
    evidence VARCHAR(500) NOT NULL,
    recorded_at DATETIME(3) NOT NULL,
    PRIMARY KEY (subject_id, step)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
