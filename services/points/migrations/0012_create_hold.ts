import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_hold (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    amount INT NOT NULL,
    reference VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    is_open TINYINT NOT NULL,
    placed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY points_hold_participation (participation_id),
    KEY points_hold_due (is_open, expires_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
