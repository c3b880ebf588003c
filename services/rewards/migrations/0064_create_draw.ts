import { ddl } from '@ddp/db-kit/command-tables';

// The seed follows from the master key and the salt, and is written down when it is drawn.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_draw (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    standing_benefit_id BINARY(16) NULL,
    winners INT NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entries_from DATETIME(3) NOT NULL,
    entries_until DATETIME(3) NOT NULL,
    drawn_from DATETIME(3) NOT NULL,
    key_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    salt BINARY(16) NOT NULL,
    seed_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seed CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    entries INT NULL,
    list_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    frozen_at DATETIME(3) NULL,
    frozen_head_seq BIGINT NULL,
    drawn_at DATETIME(3) NULL,
    head_seq BIGINT NULL,
    head_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ended_at DATETIME(3) NULL,
    cancellation VARCHAR(200) NULL,
    told_at DATETIME(3) NULL,
    opened_by BINARY(16) NOT NULL,
    opened_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_draw_standing (standing_benefit_id),
    KEY rewards_draw_benefit (benefit_id, id),
    KEY rewards_draw_freezing (state, entries_until),
    KEY rewards_draw_drawing (state, drawn_from),
    KEY rewards_draw_untold (told_at, ended_at),
    KEY rewards_draw_opener (opened_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
