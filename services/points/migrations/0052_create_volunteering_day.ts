import { ddl } from '@ddp/db-kit/command-tables';

// Minutes of each day that the rule counted, so that a day of several shifts earns once.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_volunteering_day (
    hours_id BINARY(16) NOT NULL,
    on_day DATE NOT NULL,
    participation_id BINARY(16) NOT NULL,
    minutes INT NOT NULL,
    PRIMARY KEY (hours_id, on_day),
    KEY points_volunteering_day_participation (participation_id, on_day)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
