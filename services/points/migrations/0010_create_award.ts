import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_award (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    consent_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rule_version INT NOT NULL,
    amount INT NOT NULL,
    source_id BINARY(16) NOT NULL,
    evidence VARCHAR(500) NULL,
    awarded_by BINARY(16) NULL,
    awarded_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    matures_at DATETIME(3) NULL,
    awarded_on DATE NOT NULL,
    awarded_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY points_award_source (programme_id, rule, source_id),
    KEY points_award_participation (participation_id, state),
    KEY points_award_due (state, matures_at),
    KEY points_award_by (awarded_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
