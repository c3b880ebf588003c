import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_lot (
    participation_id BINARY(16) NOT NULL,
    expires_on DATE NOT NULL,
    free INT NOT NULL,
    held INT NOT NULL,
    PRIMARY KEY (participation_id, expires_on),
    KEY points_lot_due (expires_on, free),
    CONSTRAINT points_lot_whole CHECK (free >= 0 AND held >= 0)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
