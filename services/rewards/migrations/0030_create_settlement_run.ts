import { ddl } from '@ddp/db-kit/command-tables';

// The settlement of a month of a programme; `cursor_id` is the last merchant that was looked at.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_settlement_run (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cursor_id BINARY(16) NULL,
    statements INT NOT NULL,
    next_at DATETIME(3) NULL,
    started_by BINARY(16) NULL,
    started_at DATETIME(3) NOT NULL,
    done_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_settlement_run_month (programme_id, month),
    KEY rewards_settlement_run_next (next_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
