import { ddl } from '@ddp/db-kit/command-tables';

// What verified hours should earn, as they were told last; `participation_id` is null where their
// person took no part then. `reversing_award_id` is the award that goes because they were too many.
export const { up } = ddl(
  `CREATE TABLE IF NOT EXISTS points_volunteering (
    hours_id BINARY(16) NOT NULL,
    programme_id BINARY(16) NOT NULL,
    participation_id BINARY(16) NULL,
    version INT NOT NULL,
    minutes INT NOT NULL,
    target_points INT NOT NULL,
    awarded_on DATE NOT NULL,
    reversing_award_id BINARY(16) NULL,
    PRIMARY KEY (hours_id),
    KEY points_volunteering_participation (participation_id),
    KEY points_volunteering_reversing (reversing_award_id)
  ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`,
);
