import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_scan (
    event_id BINARY(16) NOT NULL,
    sign_up_id BINARY(16) NOT NULL,
    kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    way VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at DATETIME(3) NOT NULL,
    received_at DATETIME(3) NOT NULL,
    scanned_by BINARY(16) NOT NULL,
    is_late TINYINT NOT NULL,
    is_counted TINYINT NOT NULL,
    PRIMARY KEY (event_id),
    KEY volunteering_scan_sign_up (sign_up_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
