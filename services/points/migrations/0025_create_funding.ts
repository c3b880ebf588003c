import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_funding (
    benefit_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    points BIGINT NOT NULL,
    version INT NOT NULL,
    PRIMARY KEY (benefit_id),
    KEY points_funding_programme (programme_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
