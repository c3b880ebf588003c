import { ddl } from '@ddp/db-kit/command-tables';

// Who and what is counted once in a statistic, by how many hours. People and teams at each area above, activities and shifts
// where they were.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_statistic_member (
    programme_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    skill_id BINARY(16) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BINARY(16) NOT NULL,
    uses INT NOT NULL,
    PRIMARY KEY (programme_id, area_path, period, skill_id, kind, object_id),
    KEY volunteering_statistic_member_object (object_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
