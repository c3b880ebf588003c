import { ddl } from '@ddp/db-kit/command-tables';

// `standing_person_id` is the person until the entry is withdrawn: one of them in a draw.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_draw_entry (
    id BINARY(16) NOT NULL,
    draw_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    standing_person_id BINARY(16) NULL,
    entry_number CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_at DATETIME(3) NOT NULL,
    drawn_place INT NULL,
    redemption_id BINARY(16) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_draw_entry_number (draw_id, entry_number),
    UNIQUE KEY rewards_draw_entry_standing (draw_id, standing_person_id),
    UNIQUE KEY rewards_draw_entry_redemption (redemption_id),
    KEY rewards_draw_entry_order (draw_id, state, drawn_place),
    KEY rewards_draw_entry_place (draw_id, drawn_place),
    KEY rewards_draw_entry_person (person_id, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
