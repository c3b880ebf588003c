import { alterTable } from '@ddp/db-kit/command-tables';

// Who looks for a skill reads its places in the order of time, not all shifts to come.
export const { up } = alterTable(
  'volunteering_seat',
  `ADD COLUMN programme_id BINARY(16) NULL, ADD COLUMN starts_at DATETIME(3) NULL,
    ADD KEY volunteering_seat_open (skill_id, programme_id, starts_at, shift_id)`,
);
