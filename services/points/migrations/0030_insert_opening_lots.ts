import { ddl } from '@ddp/db-kit/command-tables';

export const { up } = ddl(
  `INSERT INTO points_lot (participation_id, expires_on, free, held)
  SELECT entry.participation_id, entry.expires_on, SUM(entry.free_change), SUM(entry.held_change)
  FROM points_lot_entry entry
  WHERE NOT EXISTS (SELECT 1 FROM points_lot lot WHERE lot.participation_id = entry.participation_id)
  GROUP BY entry.participation_id, entry.expires_on`,
);
