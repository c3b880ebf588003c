import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_rule (
    programme_id BINARY(16) NOT NULL,
    rule VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT NOT NULL,
    amount INT NOT NULL,
    daily_cap INT NOT NULL,
    matures_after_hours INT NOT NULL,
    from_on DATE NOT NULL,
    PRIMARY KEY (programme_id, rule, version)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
