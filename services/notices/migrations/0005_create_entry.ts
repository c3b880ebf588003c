import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS notices_entry (
    id BINARY(16) NOT NULL,
    reference VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_ref VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    author_id BINARY(16) NULL,
    title VARCHAR(80) NOT NULL,
    text VARCHAR(500) NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    withdrawal_reason VARCHAR(500) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY notices_entry_reference (reference),
    KEY notices_entry_path (area_path),
    KEY notices_entry_period (state, to_on)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
