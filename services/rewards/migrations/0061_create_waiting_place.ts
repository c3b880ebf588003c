import { ddl } from '@ddp/db-kit/command-tables';

// `standing_person_id` is the person while the place stands: one of them for a benefit.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_waiting_place (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    standing_person_id BINARY(16) NULL,
    person_name VARCHAR(8) NOT NULL,
    queue_number INT NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    joined_at DATETIME(3) NOT NULL,
    offered_until DATETIME(3) NULL,
    merchant_id BINARY(16) NULL,
    redemption_id BINARY(16) NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_waiting_place_number (benefit_id, queue_number),
    UNIQUE KEY rewards_waiting_place_standing (benefit_id, standing_person_id),
    UNIQUE KEY rewards_waiting_place_redemption (redemption_id),
    KEY rewards_waiting_place_line (benefit_id, state, queue_number),
    KEY rewards_waiting_place_deadline (state, offered_until),
    KEY rewards_waiting_place_person (person_id, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
