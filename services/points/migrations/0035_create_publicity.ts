import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_publicity (
    participation_id BINARY(16) NOT NULL,
    nickname VARCHAR(20) NOT NULL,
    given_at DATETIME(3) NOT NULL,
    PRIMARY KEY (participation_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
