import { ddl } from '@ddp/db-kit/command-tables';

// One reversal an award: a person is not put through it twice for the same thing.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_reversal (
    id BINARY(16) NOT NULL,
    award_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    evidence VARCHAR(500) NULL,
    noticed_by BINARY(16) NULL,
    noticed_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    noticed_at DATETIME(3) NOT NULL,
    appeal_until DATETIME(3) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    appeal VARCHAR(500) NULL,
    appeal_recorded_by BINARY(16) NULL,
    appealed_at DATETIME(3) NULL,
    decided_by BINARY(16) NULL,
    decided_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decision VARCHAR(500) NULL,
    ended_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY points_reversal_award (award_id),
    KEY points_reversal_participation (participation_id, id),
    KEY points_reversal_due (state, appeal_until),
    KEY points_reversal_noticed_by (noticed_by),
    KEY points_reversal_recorded_by (appeal_recorded_by),
    KEY points_reversal_decided_by (decided_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
