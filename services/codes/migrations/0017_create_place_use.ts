import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_place_use (
    place_code_id BINARY(16) NOT NULL,
    step BIGINT NOT NULL,
    person_id BINARY(16) NOT NULL,
    used_at DATETIME(3) NOT NULL,
    PRIMARY KEY (place_code_id, step, person_id),
    KEY codes_place_use_age (used_at),
    KEY codes_place_use_person (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
