import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS identity_kiosk (
    id BINARY(16) NOT NULL,
    token_hash BINARY(32) NOT NULL,
    label VARCHAR(60) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id BINARY(16) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    revoked_at DATETIME(3) NULL,
    last_seen_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY identity_kiosk_token (token_hash),
    KEY identity_kiosk_path (area_path),
    KEY identity_kiosk_expiry (expires_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
