import { ddl } from '@ddp/db-kit/command-tables';

// A line is disputed once: answered by one officer, and decided by another where that one rejected it.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_dispute (
    id BINARY(16) NOT NULL,
    line_id BINARY(16) NOT NULL,
    statement_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    words VARCHAR(500) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    raised_by BINARY(16) NOT NULL,
    raised_at DATETIME(3) NOT NULL,
    due_at DATETIME(3) NULL,
    answer VARCHAR(500) NULL,
    answered_by BINARY(16) NULL,
    answered_at DATETIME(3) NULL,
    decision VARCHAR(500) NULL,
    decided_by BINARY(16) NULL,
    decided_at DATETIME(3) NULL,
    correction_cents BIGINT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_dispute_line (line_id),
    KEY rewards_dispute_statement (statement_id, state),
    KEY rewards_dispute_merchant (merchant_id, state)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
