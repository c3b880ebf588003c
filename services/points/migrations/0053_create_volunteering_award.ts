import { ddl } from '@ddp/db-kit/command-tables';

// The awards that verified hours have earned: the first, and what corrections added or replaced.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_volunteering_award (
    award_id BINARY(16) NOT NULL,
    hours_id BINARY(16) NOT NULL,
    PRIMARY KEY (award_id),
    KEY points_volunteering_award_hours (hours_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
