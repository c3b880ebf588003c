import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_expiry_notice (
    certificate_id BINARY(16) NOT NULL,
    days_ahead INT NOT NULL,
    due_at DATETIME(3) NOT NULL,
    outcome VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
    told_at DATETIME(3) NULL,
    PRIMARY KEY (certificate_id, days_ahead),
    KEY directory_expiry_notice_due (outcome, due_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
