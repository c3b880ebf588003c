import { ddl } from '@ddp/db-kit/command-tables';

// `present_person_id` is the person while they are in and not out: at one place at a time.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_attendance (
    sign_up_id BINARY(16) NOT NULL,
    shift_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    present_person_id BINARY(16) NULL,
    starts_at DATETIME(3) NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    in_at DATETIME(3) NULL,
    in_way VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    out_at DATETIME(3) NULL,
    out_way VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    is_late TINYINT NOT NULL,
    due_at DATETIME(3) NULL,
    confirmed_by BINARY(16) NULL,
    refusal VARCHAR(200) NULL,
    PRIMARY KEY (sign_up_id),
    UNIQUE KEY volunteering_attendance_present (present_person_id),
    KEY volunteering_attendance_shift (shift_id, sign_up_id),
    KEY volunteering_attendance_person (person_id, sign_up_id),
    KEY volunteering_attendance_due (due_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
