import { ddl } from '@ddp/db-kit/command-tables';

// What was told of a rating beside that it was submitted: it may be told first.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_rating_mark (
    rating_id BINARY(16) NOT NULL,
    mark_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    mark VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (rating_id, mark_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
