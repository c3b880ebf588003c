import { ddl } from '@ddp/db-kit/command-tables';

// Points that were there when lots began: an entry under the participation's own id, as no line tells
// of it.
export const { up } = ddl(
  `INSERT INTO points_lot_entry (line_id, expires_on, participation_id, free_change, held_change)
  SELECT part.id, DATE '2027-12-31', part.id, account.credits_posted - account.debits_posted, 0
  FROM points_participation part
  JOIN points_ledger_account account ON account.id = part.points_account_id
  WHERE account.credits_posted > account.debits_posted
    AND NOT EXISTS (SELECT 1 FROM points_lot_entry entry WHERE entry.line_id = part.id)
    AND NOT EXISTS (SELECT 1 FROM points_lot lot WHERE lot.participation_id = part.id)`,
);
