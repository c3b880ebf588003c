import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_volunteer_skill (
    person_id BINARY(16) NOT NULL,
    skill_id BINARY(16) NOT NULL,
    PRIMARY KEY (person_id, skill_id),
    KEY volunteering_volunteer_skill_skill (skill_id, person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
