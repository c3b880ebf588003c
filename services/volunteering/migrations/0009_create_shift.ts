import { ddl } from '@ddp/db-kit/command-tables';

// A shift is a draft, open or cancelled; its times never change once it is open.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_shift (
    id BINARY(16) NOT NULL,
    activity_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    starts_at DATETIME(3) NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    place_code_id BINARY(16) NULL,
    PRIMARY KEY (id),
    KEY volunteering_shift_activity (activity_id, starts_at),
    KEY volunteering_shift_open (programme_id, state, starts_at, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
