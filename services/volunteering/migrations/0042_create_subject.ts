import { ddl } from '@ddp/db-kit/command-tables';

// Under which subject of the directory a volunteer is rated.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_subject (
    subject_id BINARY(16) NOT NULL,
    person_id BINARY(16) NULL,
    is_active TINYINT NOT NULL,
    version INT NOT NULL,
    PRIMARY KEY (subject_id),
    KEY volunteering_subject_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
