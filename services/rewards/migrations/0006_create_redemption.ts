import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_redemption (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    price_points BIGINT NOT NULL,
    minimum_standing BIGINT NOT NULL,
    valid_days INT NOT NULL,
    quota_month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    failure VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    requested_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    ended_at DATETIME(3) NULL,
    hold_asked_at DATETIME(3) NULL,
    next_at DATETIME(3) NULL,
    drives INT NOT NULL,
    PRIMARY KEY (id),
    KEY rewards_redemption_person (person_id, id),
    KEY rewards_redemption_benefit (benefit_id, state),
    KEY rewards_redemption_deadline (state, expires_at),
    KEY rewards_redemption_next (next_at),
    KEY rewards_redemption_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
