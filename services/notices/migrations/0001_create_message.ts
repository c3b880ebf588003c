import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_message (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
    template VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    params LONGTEXT NOT NULL,
    sent_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY notices_message_person (person_id, id),
    KEY notices_message_role (role, area_path),
    KEY notices_message_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
