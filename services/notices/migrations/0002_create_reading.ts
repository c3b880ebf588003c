import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_reading (
    message_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    read_at DATETIME(3) NOT NULL,
    PRIMARY KEY (message_id, person_id),
    KEY notices_reading_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
