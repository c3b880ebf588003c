import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_objection (
    id BINARY(16) NOT NULL,
    entry_id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    recorded_by BINARY(16) NULL,
    text VARCHAR(500) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    answer VARCHAR(500) NULL,
    answered_by BINARY(16) NULL,
    submitted_at DATETIME(3) NOT NULL,
    answered_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY notices_objection_once (entry_id, person_id),
    KEY notices_objection_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
