import { ddl } from '@ddp/db-kit/command-tables';

// Of an area with all that lies in it, in a month `2026-11` or a quarter `2026-Q4`. The row without a skill, zeros, is of all.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_statistic (
    programme_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    skill_id BINARY(16) NOT NULL,
    verified_minutes BIGINT NOT NULL,
    recorded_minutes BIGINT NOT NULL,
    services INT NOT NULL,
    orders INT NOT NULL,
    people INT NOT NULL,
    recorded_people INT NOT NULL,
    teams INT NOT NULL,
    activities INT NOT NULL,
    shifts INT NOT NULL,
    PRIMARY KEY (programme_id, area_path, period, skill_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
