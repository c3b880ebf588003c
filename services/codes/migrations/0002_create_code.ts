import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_code (
    id BINARY(16) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    place VARCHAR(60) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    short_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    active_slot BINARY(32) NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    issued_at DATETIME(3) NOT NULL,
    valid_until DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY codes_code_token (token),
    UNIQUE KEY codes_code_short (short_code),
    UNIQUE KEY codes_code_slot (active_slot),
    KEY codes_code_subject (subject_id),
    KEY codes_code_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
