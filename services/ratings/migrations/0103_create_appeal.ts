import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_appeal (
    id BINARY(16) NOT NULL,
    rating_id BINARY(16) NOT NULL,
    follow_up_id BINARY(16) NOT NULL,
    appellant_id BINARY(16) NULL,
    text VARCHAR(500) NULL,
    state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    appealed_at DATETIME(3) NOT NULL,
    decided_by BINARY(16) NULL,
    decided_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decision VARCHAR(500) NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY ratings_appeal_rating (rating_id),
    KEY ratings_appeal_follow_up (follow_up_id),
    KEY ratings_appeal_person (appellant_id, id),
    KEY ratings_appeal_state (state, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
