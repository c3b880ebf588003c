import { binaryToId } from '@ddp/db-kit/ids';
import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

const check = { service: 'rewards+points', invariant: 'S6 statements and the ledger agree' };
const pageSize = 1_000;
const payers = ['donated', 'subsidised', 'fund'] as const;

interface Totals {
  lines: number;
  points: number;
  statements: number;
  cents: number;
  paidCents: number;
}

/**
 * What merchants are owed and paid is what the ledger says, to the point and to the cent: each line
 * has its posted hold, each statement its transfers from each payer, and nothing else stands on the
 * accounts of merchants. Read page by page and joined here, as each service has its own schema.
 */
export async function auditSettlements(rewards: Reader, points: Reader): Promise<Finding> {
  const totals: Totals = { lines: 0, points: 0, statements: 0, cents: 0, paidCents: 0 };
  const wrong = [
    ...(await checkLines(rewards, points, totals)),
    ...(await checkStatements(rewards, points, totals)),
    ...(await checkAccounts(rewards, points)),
  ];
  if (wrong.length === 0) return { ...check, holds: true, first: totals };
  const violation = 'a statement and the ledger tell different sums';
  return { ...check, holds: false, violation, count: wrong.length, first: wrong[0] };
}

async function* walk(reader: Reader, table: string, columns: string, condition: string) {
  let after: Buffer = Buffer.alloc(16);
  for (;;) {
    const rows = await reader.query(
      `SELECT id, ${columns} FROM ${table} WHERE id > ? AND ${condition}
        ORDER BY id LIMIT ${pageSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id as Buffer;
  }
}

const placesOf = (values: readonly unknown[]) => values.map(() => '?').join(',');
const hexOf = (id: unknown) => (id as Buffer).toString('hex');

async function checkLines(rewards: Reader, points: Reader, totals: Totals): Promise<object[]> {
  const wrong: object[] = [];
  const columns = 'redemption_id, points';
  for await (const lines of walk(rewards, 'rewards_statement_line', columns, "kind = 'voucher'")) {
    const ids = lines.map((line) => line.redemption_id as Buffer);
    const holds = await points.query(
      `SELECT own.id, own.amount FROM points_hold own
        JOIN points_ledger_hold hold ON hold.transfer_id = own.id AND hold.state = 'posted'
        WHERE own.id IN (${placesOf(ids)})`,
      ids,
    );
    const posted = new Map(holds.map((hold) => [hexOf(hold.id), Number(hold.amount)]));
    for (const line of lines) {
      const inLedger = posted.get(hexOf(line.redemption_id)) ?? null;
      totals.lines += 1;
      totals.points += inLedger ?? 0;
      if (inLedger !== Number(line.points)) {
        wrong.push({ line: hexOf(line.id), points: Number(line.points), inLedger });
      }
    }
  }
  return wrong;
}

/** What a payer gave to a merchant, less what came back. */
const givenBy = (payer: string) =>
  `SUM(CASE WHEN debit.reference LIKE '${payer}:%' THEN t.amount
    WHEN credit.reference LIKE '${payer}:%' THEN -t.amount ELSE 0 END) AS ${payer}_cents`;

async function checkStatements(rewards: Reader, points: Reader, totals: Totals): Promise<object[]> {
  const wrong: object[] = [];
  const columns = `donated_cents, subsidised_cents, fund_cents, due_cents,
    state = 'paid' AND post_at IS NULL AS is_paid, post_at IS NOT NULL AS is_posting`;
  const drawn = "state NOT IN ('collecting', 'summed')";
  for await (const statements of walk(rewards, 'rewards_statement', columns, drawn)) {
    const references = statements.map(({ id }) => `statement:${binaryToId(id as Buffer)}`);
    const sums = await points.query(
      `SELECT t.reference, ${payers.map(givenBy).join(', ')},
          SUM(CASE WHEN credit.code = 4021 THEN t.amount ELSE 0 END) AS paid
        FROM points_ledger_transfer t
        JOIN points_ledger_account debit ON debit.id = t.debit_account_id
        JOIN points_ledger_account credit ON credit.id = t.credit_account_id
        WHERE t.unit = 'cents' AND t.reference IN (${placesOf(references)})
        GROUP BY t.reference`,
      references,
    );
    const inLedger = new Map(sums.map((sum) => [String(sum.reference), sum]));
    for (const [index, statement] of statements.entries()) {
      const found = inLedger.get(references[index] ?? '');
      const faults = payers.filter(
        (payer) => Number(found?.[`${payer}_cents`] ?? 0) !== Number(statement[`${payer}_cents`]),
      );
      const paid = Number(found?.paid ?? 0);
      const wanted = Number(statement.is_paid) === 1 ? Number(statement.due_cents) : 0;
      const isPaidRight = paid === wanted || Number(statement.is_posting) === 1;
      totals.statements += 1;
      totals.paidCents += paid;
      for (const payer of payers) totals.cents += Number(statement[`${payer}_cents`]);
      if (faults.length === 0 && isPaidRight) continue;
      wrong.push({ statement: references[index], payers: faults, paid, wanted });
    }
  }
  return wrong;
}

/** Nothing is said while transfers are on their way. */
async function checkAccounts(rewards: Reader, points: Reader): Promise<object[]> {
  const [own] = await rewards.query(
    `SELECT COALESCE(SUM(subsidised_cents + fund_cents), 0)
        - COALESCE(SUM(CASE WHEN state = 'paid' THEN due_cents ELSE 0 END), 0) AS payable,
      COALESCE(SUM(donated_cents), 0) AS donated,
      COALESCE(SUM(state = 'summed' OR post_at IS NOT NULL), 0) AS on_their_way
    FROM rewards_statement WHERE state <> 'collecting'`,
  );
  if (!own || Number(own.on_their_way) > 0) return [];
  const [ledger] = await points.query(
    `SELECT
        COALESCE(SUM(CASE WHEN code = 4011 THEN credits_posted - debits_posted END), 0) AS payable,
        COALESCE(SUM(CASE WHEN code = 4012 THEN credits_posted - debits_posted END), 0) AS donated
      FROM points_ledger_account WHERE unit = 'cents'`,
  );
  return (['payable', 'donated'] as const)
    .filter((name) => Number(own[name]) !== Number(ledger?.[name]))
    .map((name) => ({ account: name, own: Number(own[name]), ledger: Number(ledger?.[name]) }));
}
