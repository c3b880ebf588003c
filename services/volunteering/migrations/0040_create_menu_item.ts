import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_menu_item (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    team_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title VARCHAR(120) NOT NULL,
    words VARCHAR(400) NOT NULL,
    minutes INT NOT NULL,
    skill_id BINARY(16) NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_by BINARY(16) NOT NULL,
    decided_by BINARY(16) NULL,
    reason VARCHAR(400) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_menu_item_team (team_id, id),
    KEY volunteering_menu_item_open (programme_id, state, id),
    KEY volunteering_menu_item_area (area_path, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
