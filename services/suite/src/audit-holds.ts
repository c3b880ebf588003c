import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

interface RedemptionRow {
  id: Buffer;
  state: string;
  price_points: number;
  is_settled: number;
}

interface HoldRow {
  id: Buffer;
  amount: number;
  state: string;
}

interface Wrong {
  id: string;
  redemption: string | null;
  hold: string | null;
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
 * I8 over two services: every redemption at rest has the hold that belongs to its state, of its
 * price, and no hold is open without a redemption. Read page by page and joined here, as each
 * service has its own schema; what looks wrong is read once more, since a house at work moves on
 * between two reads.
 */
export async function auditHolds(rewards: Reader, points: Reader): Promise<Finding> {
  const check = { service: 'rewards+points', invariant: 'I8 redemptions and holds agree' };
  const judgePage = (ids: Buffer[]) => judge(rewards, points, ids);
  const suspects = [
    ...(await walk(rewards, 'rewards_redemption', 'next_at IS NULL', judgePage)),
    ...(await walk(points, 'points_hold', 'is_open = 1', judgePage)),
  ];
  const wrong: Wrong[] = [];
  for (const id of suspects) wrong.push(...(await judge(rewards, points, [id])));
  if (wrong.length === 0) return { ...check, holds: true };
  const violation = 'a redemption and its hold tell different stories';
  return { ...check, holds: false, violation, count: wrong.length, first: wrong[0] };
}

/** Walks ids of a table and gives those that are judged wrong. */
async function walk(
  reader: Reader,
  table: string,
  condition: string,
  judgePage: (ids: Buffer[]) => Promise<Wrong[]>,
): Promise<Buffer[]> {
  const found: Buffer[] = [];
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const sql = `SELECT id FROM ${table} WHERE id > ? AND ${condition}
      ORDER BY id LIMIT ${pageSize}`;
    const ids = (await reader.query(sql, [after])).map((row) => row.id as Buffer);
    const last = ids.at(-1);
    if (!last) return found;
    for (const { id } of await judgePage(ids)) found.push(Buffer.from(id, 'hex'));
    after = last;
  }
}

/** Holds are read first: a redemption read later can only have gone further. */
async function judge(rewards: Reader, points: Reader, ids: Buffer[]): Promise<Wrong[]> {
  const places = ids.map(() => '?').join(',');
  const holds = byId<HoldRow>(
    await points.query(
      `SELECT own.id, own.amount, hold.state FROM points_hold own
        JOIN points_ledger_hold hold ON hold.transfer_id = own.id WHERE own.id IN (${places})`,
      ids,
    ),
  );
  const redemptions = byId<RedemptionRow>(
    await rewards.query(
      `SELECT id, state, price_points, next_at IS NULL AS is_settled FROM rewards_redemption
        WHERE id IN (${places})`,
      ids,
    ),
  );
  return ids.flatMap((bytes) => {
    const id = bytes.toString('hex');
    const [redemption, hold] = [redemptions.get(id), holds.get(id)];
    if (isRight(redemption, hold)) return [];
    return [{ id, redemption: redemption?.state ?? null, hold: hold?.state ?? null }];
  });
}

function isRight(redemption: RedemptionRow | undefined, hold: HoldRow | undefined): boolean {
  if (!redemption) return hold?.state !== 'open';
  if (hold && hold.amount !== redemption.price_points) return false;
  if (redemption.is_settled !== 1) return true;
  return (expected[redemption.state] ?? []).includes(hold?.state ?? null);
}

function byId<R extends { id: Buffer }>(rows: unknown): Map<string, R> {
  return new Map((rows as R[]).map((row) => [row.id.toString('hex'), row]));
}
