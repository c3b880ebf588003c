import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_project (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    team_id BINARY(16) NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title VARCHAR(60) NOT NULL,
    goal VARCHAR(500) NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    target_activities INT NULL,
    target_people INT NULL,
    target_hours INT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changed_by BINARY(16) NOT NULL,
    decided_by BINARY(16) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_project_programme (programme_id, state, id),
    KEY volunteering_project_team (team_id, id),
    KEY volunteering_project_area (area_path, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
