import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_rule_draft (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    terms LONGTEXT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    drafted_by BINARY(16) NULL,
    drafted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    drafted_at DATETIME(3) NOT NULL,
    decided_by BINARY(16) NULL,
    decided_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decided_at DATETIME(3) NULL,
    withdrawal_reason VARCHAR(500) NULL,
    version INT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY points_rule_draft_version (programme_id, rule, version),
    KEY points_rule_draft_programme (programme_id, state, id),
    KEY points_rule_draft_drafted_by (drafted_by),
    KEY points_rule_draft_decided_by (decided_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
