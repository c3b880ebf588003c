import { ddl } from '@ddp/db-kit/command-tables';

// `live_person_id` is the person while they wait or have a place: once in a shift.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_sign_up (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    activity_id BINARY(16) NOT NULL,
    shift_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    live_person_id BINARY(16) NULL,
    skill_id BINARY(16) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    starts_at DATETIME(3) NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    is_assisted TINYINT NOT NULL,
    signed_at DATETIME(3) NOT NULL,
    remind_at DATETIME(3) NULL,
    ended_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_sign_up_live (shift_id, live_person_id),
    KEY volunteering_sign_up_times (live_person_id, ends_at),
    KEY volunteering_sign_up_person (person_id, id),
    KEY volunteering_sign_up_queue (shift_id, state, id),
    KEY volunteering_sign_up_remind (remind_at),
    KEY volunteering_sign_up_lapse (state, starts_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
