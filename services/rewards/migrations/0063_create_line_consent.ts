import { ddl } from '@ddp/db-kit/command-tables';

// Keyed by what staff did it for: a waiting place, or an entry of a draw.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS rewards_line_consent (
    subject_id BINARY(16) NOT NULL,
    act VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assisted_by BINARY(16) NOT NULL,
    assisted_by_role VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    consent_words VARCHAR(200) NOT NULL,
    consented_on CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acted_at DATETIME(3) NOT NULL,
    PRIMARY KEY (subject_id, act),
    KEY rewards_line_consent_area (area_path, subject_id),
    KEY rewards_line_consent_staff (assisted_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
