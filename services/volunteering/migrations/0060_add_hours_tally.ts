import { alterTable } from '@ddp/db-kit/command-tables';

// What the statistics have of hours is in `tallied_minutes`; `tally_at` says that they are to be told. What stands there
// already is due at once.
export const { up } = alterTable(
  'volunteering_hours',
  `ADD COLUMN tallied_minutes INT NOT NULL DEFAULT 0,
    ADD COLUMN tally_at DATETIME(3) NULL DEFAULT '2026-01-01 00:00:00.000',
    ADD KEY volunteering_hours_tally (tally_at), ADD KEY volunteering_hours_day (programme_id, on_day)`,
);
