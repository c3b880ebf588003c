import { ddl } from '@ddp/db-kit/command-tables';

// A level is live in one star of a person at a time: until that one is over, no other begins.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_star (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level TINYINT NOT NULL,
    live_level TINYINT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rules_version INT NOT NULL,
    threshold_minutes INT NOT NULL,
    reached_minutes INT NOT NULL,
    kept_minutes INT NULL,
    appeal_days INT NOT NULL,
    entry_reference VARCHAR(20) NULL,
    published_from DATE NULL,
    published_to DATE NULL,
    objections_open INT NOT NULL,
    answered_by BINARY(16) NULL,
    reason VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    appeal_until DATETIME(3) NULL,
    appeal VARCHAR(400) NULL,
    appealed_at DATETIME(3) NULL,
    appeal_recorded_by BINARY(16) NULL,
    decided_by BINARY(16) NULL,
    decision VARCHAR(400) NULL,
    proposed_at DATETIME(3) NOT NULL,
    active_at DATETIME(3) NULL,
    ended_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_star_live (programme_id, person_id, live_level),
    KEY volunteering_star_person (person_id, id),
    KEY volunteering_star_area (area_path, id),
    KEY volunteering_star_ending (state, appeal_until)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
