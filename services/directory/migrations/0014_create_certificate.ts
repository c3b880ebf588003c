import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_certificate (
    id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    level VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    current_number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    issued_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    renews BINARY(16) NULL,
    withdrawal_reason VARCHAR(200) NULL,
    recorded_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY directory_certificate_number (current_number),
    KEY directory_certificate_subject (subject_id),
    KEY directory_certificate_expiry (state, expires_on)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
