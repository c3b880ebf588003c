import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_scan_count (
    code_id BINARY(16) NOT NULL,
    on_day DATE NOT NULL,
    scans INT NOT NULL,
    PRIMARY KEY (code_id, on_day),
    KEY codes_scan_count_day (on_day)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
