import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_subject_card (
    subject_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(60) NOT NULL,
    title VARCHAR(60) NOT NULL,
    unit_id BINARY(16) NULL,
    unit_name VARCHAR(60) NULL,
    area_name VARCHAR(60) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id BINARY(16) NULL,
    is_active TINYINT NOT NULL,
    version INT NOT NULL,
    PRIMARY KEY (subject_id),
    KEY codes_subject_card_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
