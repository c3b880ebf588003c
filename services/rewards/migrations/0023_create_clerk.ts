import { ddl } from '@ddp/db-kit/command-tables';

// Whether a clerk may sign in is the business of identity; here is where a clerk works.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_clerk (
    id BINARY(16) NOT NULL,
    merchant_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    shop_id BINARY(16) NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    invited_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rewards_clerk_person (merchant_id, person_id),
    KEY rewards_clerk_whose (person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
