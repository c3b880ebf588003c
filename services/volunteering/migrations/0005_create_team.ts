import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_team (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    name VARCHAR(60) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    words VARCHAR(200) NOT NULL,
    is_closed TINYINT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_team_programme (programme_id, is_closed, id),
    KEY volunteering_team_area (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
