import { ddl } from '@ddp/db-kit/command-tables';

// Holds that were open when lots began took their points from the one lot that there was.
export const { up } = ddl(
  `INSERT INTO points_lot_entry (line_id, expires_on, participation_id, free_change, held_change)
  SELECT line.id, DATE '2027-12-31', line.participation_id, -hold.amount, hold.amount
  FROM points_hold hold JOIN points_line line ON line.hold_id = hold.id AND line.kind = 'hold'
  WHERE hold.is_open = 1
    AND NOT EXISTS (SELECT 1 FROM points_lot_entry entry WHERE entry.line_id = line.id)`,
);
