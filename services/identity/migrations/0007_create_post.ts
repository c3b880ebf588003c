import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS identity_post (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NULL,
    PRIMARY KEY (id),
    KEY identity_post_person (person_id),
    KEY identity_post_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
