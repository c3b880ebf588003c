import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS ratings_follow_up_step (
    id BINARY(16) NOT NULL,
    follow_up_id BINARY(16) NOT NULL,
    step VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    taken_at DATETIME(3) NOT NULL,
    person_id BINARY(16) NULL,
    role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    desk_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    to_person_id BINARY(16) NULL,
    code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    words VARCHAR(500) NULL,
    PRIMARY KEY (id),
    KEY ratings_follow_up_step_of (follow_up_id, id),
    KEY ratings_follow_up_step_person (person_id),
    KEY ratings_follow_up_step_receiver (to_person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
