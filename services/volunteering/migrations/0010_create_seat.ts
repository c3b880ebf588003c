import { ddl } from '@ddp/db-kit/command-tables';

// Places of a shift for a skill; zeros in its place are for anybody.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_seat (
    shift_id BINARY(16) NOT NULL,
    skill_id BINARY(16) NOT NULL,
    places INT NOT NULL,
    taken INT NOT NULL,
    PRIMARY KEY (shift_id, skill_id),
    KEY volunteering_seat_skill (skill_id, shift_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
