import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_reply (
    rating_id BINARY(16) NOT NULL,
    id BINARY(16) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text VARCHAR(500) NOT NULL,
    state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    replied_by BINARY(16) NULL,
    replied_at DATETIME(3) NOT NULL,
    PRIMARY KEY (rating_id),
    UNIQUE KEY ratings_reply_id (id),
    KEY ratings_reply_state (state, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
