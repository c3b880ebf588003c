import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS directory_subject (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    title VARCHAR(60) NOT NULL,
    unit_id BINARY(16) NULL,
    area_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id BINARY(16) NULL,
    is_active TINYINT NOT NULL,
    version INT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY directory_subject_path (area_path),
    KEY directory_subject_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
