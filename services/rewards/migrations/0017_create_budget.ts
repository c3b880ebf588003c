import { ddl } from '@ddp/db-kit/command-tables';

// What a sponsor gives, in points and in cents; a limit that is null is none.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_budget (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    sponsor VARCHAR(60) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    points_limit BIGINT NULL,
    points_reserved BIGINT NOT NULL,
    points_spent BIGINT NOT NULL,
    cents_limit BIGINT NULL,
    cents_reserved BIGINT NOT NULL,
    cents_spent BIGINT NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY rewards_budget_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
