import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_scan_flush (
    id BINARY(16) NOT NULL,
    flushed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY codes_scan_flush_age (flushed_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
