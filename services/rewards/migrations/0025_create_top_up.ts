import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_top_up (
    id BINARY(16) NOT NULL,
    benefit_id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    pieces BIGINT NOT NULL,
    words VARCHAR(500) NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason VARCHAR(500) NULL,
    requested_by BINARY(16) NULL,
    decided_by BINARY(16) NULL,
    requested_at DATETIME(3) NOT NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    KEY rewards_top_up_merchant (merchant_id, state, id),
    KEY rewards_top_up_path (area_path),
    KEY rewards_top_up_state (state, id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
