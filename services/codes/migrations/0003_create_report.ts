import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_report (
    id BINARY(16) NOT NULL,
    code_id BINARY(16) NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
    reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    words VARCHAR(200) NOT NULL,
    reported_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY codes_report_code (code_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
