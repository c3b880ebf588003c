import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS codes_print (
    id BINARY(16) NOT NULL,
    source VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    batch_id BINARY(16) NULL,
    sheet VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    format VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    offset_x_tenths INT NOT NULL,
    offset_y_tenths INT NOT NULL,
    contact_phone VARCHAR(24) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    wanted INT NOT NULL,
    drawn INT NOT NULL,
    failure VARCHAR(200) NULL,
    attempt INT NOT NULL,
    ready_attempt INT NULL,
    requested_by BINARY(16) NOT NULL,
    requested_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY codes_print_path (area_path),
    KEY codes_print_person (requested_by, state),
    KEY codes_print_expiry (state, expires_at)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
