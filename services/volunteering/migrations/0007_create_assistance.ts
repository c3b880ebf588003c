import { ddl } from '@ddp/db-kit/command-tables';

// What staff did for somebody, and how that person, or a guardian, agreed to it.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_assistance (
    id BINARY(16) NOT NULL,
    act VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    assisted_by BINARY(16) NOT NULL,
    assisted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent_words VARCHAR(200) NOT NULL,
    consented_on DATE NOT NULL,
    acted_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY volunteering_assistance_object (object_id),
    KEY volunteering_assistance_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
