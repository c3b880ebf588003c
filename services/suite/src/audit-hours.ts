import { binaryToId } from '@ddp/db-kit/ids';
import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

const check = { service: 'volunteering+points', invariant: 'V11 hours, ledger and points agree' };
const pageSize = 1_000;
/** Accounts that minutes come from: of what was verified, and of what was typed in. */
const issuing = { verified: 5_001, recorded: 5_002 } as const;

/**
 * What is verified is in the ledger to the minute and was told to points as it stands, and what was
 * typed in has earned nothing. Read page by page and joined here, as each service has its own schema;
 * hours that are on their way are left out.
 */
export async function auditHours(volunteering: Reader, points: Reader): Promise<Finding> {
  const totals = { hours: 0, minutes: 0, told: 0 };
  const wrong: object[] = [];
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const rows = await volunteering.query(
      `SELECT id, kind, minutes, version FROM volunteering_hours
        WHERE id > ? AND post_at IS NULL ORDER BY id LIMIT ${pageSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) break;
    wrong.push(...(await checkPage(points, rows, totals)));
    after = last.id as Buffer;
  }
  wrong.push(...(await checkUnknown(volunteering, points)));
  if (wrong.length === 0) return { ...check, holds: true, first: totals };
  const violation = 'hours, the ledger and the points tell different minutes';
  return { ...check, holds: false, violation, count: wrong.length, first: wrong[0] };
}

type Rows = Awaited<ReturnType<Reader['query']>>;
const placesOf = (values: readonly unknown[]) => values.map(() => '?').join(',');

async function checkPage(
  points: Reader,
  rows: Rows,
  totals: { hours: number; minutes: number; told: number },
): Promise<object[]> {
  const references = rows.map(({ id }) => `hours:${binaryToId(id as Buffer)}`);
  const sums = await points.query(
    `SELECT t.reference, SUM(CASE WHEN debit.code IN (5001, 5002) THEN t.amount
        ELSE -t.amount END) AS minutes, MIN(LEAST(debit.code, credit.code)) AS code
      FROM points_ledger_transfer t
      JOIN points_ledger_account debit ON debit.id = t.debit_account_id
      JOIN points_ledger_account credit ON credit.id = t.credit_account_id
      WHERE t.unit = 'minutes' AND t.reference IN (${placesOf(references)}) GROUP BY t.reference`,
    references,
  );
  const inLedger = new Map(sums.map((sum) => [String(sum.reference), sum]));
  const told = await points.query(
    `SELECT hours_id, version, minutes FROM points_volunteering
      WHERE hours_id IN (${placesOf(rows)})`,
    rows.map(({ id }) => id),
  );
  const earned = new Map(told.map((one) => [binaryToId(one.hours_id as Buffer), one]));
  return rows.flatMap((row, index) => {
    const sum = inLedger.get(references[index] ?? '');
    const told = earned.get(binaryToId(row.id as Buffer));
    const minutes = Number(row.minutes);
    totals.hours += 1;
    totals.minutes += minutes;
    if (told) totals.told += 1;
    const isBooked =
      Number(sum?.minutes ?? 0) === minutes &&
      (!sum || Number(sum.code) === issuing[row.kind as keyof typeof issuing]);
    // A version that is still on its way has earned by the one before.
    const isTold =
      row.kind === 'verified'
        ? !told || Number(told.version) < Number(row.version) || Number(told.minutes) <= minutes
        : !told;
    if (isBooked && isTold) return [];
    return [{ hours: references[index], minutes, ledger: Number(sum?.minutes ?? 0) }];
  });
}

/** Nothing in the ledger or the points stands on hours that are not there. */
async function checkUnknown(volunteering: Reader, points: Reader): Promise<object[]> {
  const wrong: object[] = [];
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const told = await points.query(
      `SELECT hours_id FROM points_volunteering WHERE hours_id > ?
        ORDER BY hours_id LIMIT ${pageSize}`,
      [after],
    );
    const last = told.at(-1);
    if (!last) return wrong;
    const ids = told.map((one) => one.hours_id as Buffer);
    const known = await volunteering.query(
      `SELECT id FROM volunteering_hours WHERE kind = 'verified' AND id IN (${placesOf(ids)})`,
      ids,
    );
    const there = new Set(known.map((row) => binaryToId(row.id as Buffer)));
    const lost = ids.map((id) => binaryToId(id)).filter((id) => !there.has(id));
    wrong.push(...lost.map((id) => ({ hours: `hours:${id}`, minutes: null })));
    after = last.hours_id as Buffer;
  }
}
