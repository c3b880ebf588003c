import { ddl } from '@ddp/db-kit/command-tables';

// `standing_voucher_id` is the voucher while it is offered and once it was accepted: one of them.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_gift (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    voucher_id BINARY(16) NOT NULL,
    redemption_id BINARY(16) NOT NULL,
    attempt INT NOT NULL,
    giver_id BINARY(16) NOT NULL,
    receiver_id BINARY(16) NOT NULL,
    giver_name VARCHAR(8) NOT NULL,
    receiver_phone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing_voucher_id BINARY(16) NULL,
    offered_at DATETIME(3) NOT NULL,
    offer_ends_at DATETIME(3) NOT NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_gift_attempt (voucher_id, attempt),
    UNIQUE KEY rewards_gift_standing (standing_voucher_id),
    KEY rewards_gift_giver (giver_id, id),
    KEY rewards_gift_receiver (receiver_id, id),
    KEY rewards_gift_accepted (receiver_id, state, decided_at),
    KEY rewards_gift_deadline (state, offer_ends_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
