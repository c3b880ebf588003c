import { ddl } from '@ddp/db-kit/command-tables';

// `live_person_id` is the person while the membership is applied for or in force: one of them in a team.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_member (
    id BINARY(16) NOT NULL,
    team_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    role VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    live_person_id BINARY(16) NULL,
    applied_at DATETIME(3) NOT NULL,
    decided_by BINARY(16) NULL,
    ended_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_member_live (team_id, live_person_id),
    KEY volunteering_member_team (team_id, state, id),
    KEY volunteering_member_person (person_id, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
