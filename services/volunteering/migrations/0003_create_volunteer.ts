import { ddl } from '@ddp/db-kit/command-tables';

// `account_id` names the person in the ledger: with the row goes what leads from one to the other.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS volunteering_volunteer (
    person_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    area_path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    masked_name VARCHAR(8) NOT NULL,
    birth_month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    key_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    salt BINARY(16) NOT NULL,
    account_id BINARY(16) NOT NULL,
    guardian_on DATE NULL,
    joined_at DATETIME(3) NOT NULL,
    PRIMARY KEY (person_id),
    UNIQUE KEY volunteering_volunteer_number (number),
    KEY volunteering_volunteer_area (area_path, person_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
