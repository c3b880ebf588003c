import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_cap (
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    day DATE NOT NULL,
    used INT NOT NULL,
    PRIMARY KEY (programme_id, participation_id, rule, day)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
