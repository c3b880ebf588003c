import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `UPDATE volunteering_seat seat JOIN volunteering_shift shift ON shift.id = seat.shift_id
  SET seat.programme_id = shift.programme_id, seat.starts_at = shift.starts_at
  WHERE shift.state = 'open' AND seat.starts_at IS NULL`,
);
