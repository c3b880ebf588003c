import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_assistance (
    redemption_id BINARY(16) NOT NULL,
    act VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assisted_by BINARY(16) NOT NULL,
    assisted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent_words VARCHAR(200) NOT NULL,
    consented_on CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acted_at DATETIME(3) NOT NULL,
    PRIMARY KEY (redemption_id, act),
    KEY rewards_assistance_staff (assisted_by),
    KEY rewards_assistance_path (area_path)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
