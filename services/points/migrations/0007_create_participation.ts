import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_participation (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    standing_account_id BINARY(16) NOT NULL,
    points_account_id BINARY(16) NOT NULL,
    maturing_account_id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    joined_at DATETIME(3) NOT NULL,
    left_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY points_participation_person (programme_id, person_id),
    KEY points_participation_of (person_id),
    KEY points_participation_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
