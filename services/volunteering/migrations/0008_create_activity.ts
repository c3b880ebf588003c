import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_activity (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    team_id BINARY(16) NOT NULL,
    title VARCHAR(60) NOT NULL,
    words VARCHAR(500) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    place VARCHAR(60) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    least_age INT NULL,
    most_age INT NULL,
    beneficiary_id BINARY(16) NULL,
    changed_by BINARY(16) NOT NULL,
    submitted_by BINARY(16) NULL,
    decided_by BINARY(16) NULL,
    reason VARCHAR(200) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_activity_team (team_id, id),
    KEY volunteering_activity_state (state, id),
    KEY volunteering_activity_area (area_path, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
