import { ddl } from '@ddp/db-kit/command-tables';

// What a benefit said of itself when it was sold: a version that was approved never changes.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_benefit_text (
    benefit_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    title VARCHAR(60) NOT NULL,
    description VARCHAR(500) NOT NULL,
    picture BINARY(32) NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_by BINARY(16) NULL,
    decided_by BINARY(16) NULL,
    proposed_at DATETIME(3) NOT NULL,
    decided_at DATETIME(3) NULL,
    PRIMARY KEY (benefit_id, version),
    KEY rewards_benefit_text_picture (picture)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
