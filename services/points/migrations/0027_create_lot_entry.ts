import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_lot_entry (
    line_id BINARY(16) NOT NULL,
    expires_on DATE NOT NULL,
    participation_id BINARY(16) NOT NULL,
    free_change INT NOT NULL,
    held_change INT NOT NULL,
    PRIMARY KEY (line_id, expires_on),
    KEY points_lot_entry_lot (participation_id, expires_on)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
