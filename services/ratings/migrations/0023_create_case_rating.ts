import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_case_rating (
    case_id BINARY(16) NOT NULL,
    rating_id BINARY(16) NOT NULL,
    PRIMARY KEY (case_id, rating_id),
    KEY ratings_case_rating_rating (rating_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
