import { ddl } from '@ddp/db-kit/command-tables';

// One question at a time for a place: `standing_sign_up_id` is it while nobody has answered.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_substitution (
    id BINARY(16) NOT NULL,
    sign_up_id BINARY(16) NOT NULL,
    standing_sign_up_id BINARY(16) NULL,
    holder_id BINARY(16) NOT NULL,
    asked_id BINARY(16) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    offered_at DATETIME(3) NOT NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY volunteering_substitution_standing (standing_sign_up_id),
    KEY volunteering_substitution_sign_up (sign_up_id),
    KEY volunteering_substitution_holder (holder_id, id),
    KEY volunteering_substitution_asked (asked_id, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
