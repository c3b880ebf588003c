import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_cap_use (
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    period CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    awards INT NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (programme_id, participation_id, rule, period)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
