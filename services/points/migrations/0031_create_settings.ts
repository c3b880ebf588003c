import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_settings (
    programme_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    from_on DATE NOT NULL,
    settings LONGTEXT NOT NULL,
    set_by BINARY(16) NULL,
    set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (programme_id, version),
    KEY points_settings_by (set_by)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
