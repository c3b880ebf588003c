import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_benefit (
    id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    title VARCHAR(60) NOT NULL,
    description VARCHAR(500) NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    price_points BIGINT NOT NULL,
    minimum_standing BIGINT NOT NULL,
    initial_stock BIGINT NOT NULL,
    available BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    sold BIGINT NOT NULL,
    per_person_per_month INT NOT NULL,
    valid_days INT NOT NULL,
    payer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY rewards_benefit_offer (programme_id, state, id),
    KEY rewards_benefit_merchant (merchant_id, id),
    KEY rewards_benefit_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
