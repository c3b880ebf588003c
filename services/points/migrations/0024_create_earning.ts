import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_earning (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rule_version INT NOT NULL,
    settings_version INT NOT NULL,
    source_id BINARY(16) NULL,
    occurred_on DATE NOT NULL,
    quantity INT NULL,
    option_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    amount INT NOT NULL,
    award_id BINARY(16) NULL,
    refused_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    recorded_at DATETIME(3) NOT NULL,
    given_back_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY points_earning_source (programme_id, rule, source_id),
    UNIQUE KEY points_earning_award (award_id),
    KEY points_earning_day (programme_id, occurred_on, id),
    KEY points_earning_participation (participation_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
