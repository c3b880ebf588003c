import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

interface SettledRow {
  id: Buffer;
  state: string;
  price_points: number;
}

interface HoldRow {
  id: Buffer;
  amount: number;
  state: string;
}

const pageSize = 2_000;

/** What the ledger says of a redemption's hold when nothing of the redemption is under way. */
const expected: Record<string, readonly (string | null)[]> = {
  issued: ['open'],
  verified: ['posted'],
  cancelled: [null, 'voided', 'expired'],
  expired: [null, 'voided', 'expired'],
  failed: [null, 'voided', 'expired'],
};

/**
 * I8 over two services: every redemption that has come to rest has the hold that belongs to its
 * state, of its price. Read page by page and joined here, as each service has its own schema.
 */
export async function auditHolds(rewards: Reader, points: Reader): Promise<Finding> {
  const check = { service: 'rewards+points', invariant: 'I8 redemptions and holds agree' };
  const wrong: { id: string; state: string; hold: string | null }[] = [];
  let count = 0;
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const page = await readSettled(rewards, after);
    if (page.length === 0) break;
    const holds = await readHolds(points, page);
    for (const row of page) {
      const id = row.id.toString('hex');
      const hold = holds.get(id);
      const isRight = (expected[row.state] ?? []).includes(hold?.state ?? null);
      if (isRight && (!hold || hold.amount === row.price_points)) continue;
      count += 1;
      if (wrong.length < 1) wrong.push({ id, state: row.state, hold: hold?.state ?? null });
    }
    after = page.at(-1)?.id ?? after;
  }
  if (count === 0) return { ...check, holds: true };
  const violation = 'a redemption and its hold tell different stories';
  return { ...check, holds: false, violation, count, first: wrong[0] };
}

async function readSettled(reader: Reader, after: Buffer): Promise<SettledRow[]> {
  const sql = `SELECT id, state, price_points FROM rewards_redemption
    WHERE id > ? AND next_at IS NULL ORDER BY id LIMIT ${pageSize}`;
  return (await reader.query(sql, [after])) as unknown as SettledRow[];
}

async function readHolds(reader: Reader, page: SettledRow[]): Promise<Map<string, HoldRow>> {
  const places = page.map(() => '?').join(',');
  const sql = `SELECT own.id, own.amount, hold.state FROM points_hold own
    JOIN points_ledger_hold hold ON hold.transfer_id = own.id WHERE own.id IN (${places})`;
  const rows = await reader.query(
    sql,
    page.map((row) => row.id),
  );
  return new Map((rows as unknown as HoldRow[]).map((row) => [row.id.toString('hex'), row]));
}
