import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_text (
    message_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tries SMALLINT NOT NULL,
    due_at DATETIME(3) NOT NULL,
    done_at DATETIME(3) NULL,
    PRIMARY KEY (message_id),
    KEY notices_text_due (state, due_at),
    KEY notices_text_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
