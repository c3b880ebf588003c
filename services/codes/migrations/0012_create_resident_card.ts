import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_resident_card (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    short_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    active_person BINARY(16) NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    issued_at DATETIME(3) NOT NULL,
    revoked_at DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY codes_resident_card_token (token),
    UNIQUE KEY codes_resident_card_short (short_code),
    UNIQUE KEY codes_resident_card_active (active_person),
    KEY codes_resident_card_person (person_id),
    KEY codes_resident_card_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
