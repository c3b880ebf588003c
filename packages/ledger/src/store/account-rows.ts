import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Account, AccountTerms, Balances, LimitKind } from '../domain/account.ts';
import type { SqlRunner, SqlTransaction } from '../ledger.ts';
import { idLiteral, integerLiteral } from './literals.ts';
import { cutIntoChunks, listOf, placeholders, runChange, runChanges, runSql } from './run-sql.ts';

interface AccountRow {
  id: Buffer;
  unit: string;
  code: number;
  limit_kind: LimitKind;
  reference: string | null;
  debits_posted: number | string;
  credits_posted: number | string;
  debits_pending: number | string;
  credits_pending: number | string;
  closed_at: Date | null;
  created_at: Date;
}

const columns = `id, unit, code, limit_kind, reference, debits_posted, credits_posted, debits_pending,
  credits_pending, closed_at, created_at`;

export async function selectAccounts(
  db: SqlRunner,
  table: string,
  ids: Iterable<string>,
): Promise<Map<string, Account>> {
  return readInOrder(db, ids, (list) => `SELECT ${columns} FROM ${table} WHERE id IN (${list})`);
}

/** Locks rows in ascending order of id, so that two batches never wait for each other in a ring. */
export async function lockAccounts(
  tx: SqlTransaction,
  table: string,
  ids: Iterable<string>,
): Promise<Map<string, Account>> {
  return readInOrder(
    tx,
    ids,
    (list) =>
      `SELECT ${columns} FROM ${table} FORCE INDEX (PRIMARY) WHERE id IN (${list})
        ORDER BY id FOR UPDATE`,
  );
}

export async function insertAccounts(
  tx: SqlTransaction,
  table: string,
  accounts: readonly AccountTerms[],
  createdAt: Date,
): Promise<void> {
  for (const chunk of cutIntoChunks(accounts)) {
    await runChange(
      tx,
      `INSERT INTO ${table} (id, unit, code, limit_kind, reference, created_at)
        VALUES ${placeholders(chunk.length, 6)}`,
      chunk.flatMap((account) => [
        idToBinary(account.id),
        account.unit,
        account.code,
        account.limitKind,
        account.reference ?? null,
        createdAt,
      ]),
    );
  }
}

const balanceColumns = [
  ['debitsPosted', 'debits_posted'],
  ['creditsPosted', 'credits_posted'],
  ['debitsPending', 'debits_pending'],
  ['creditsPending', 'credits_pending'],
] as const satisfies readonly (readonly [keyof Balances, string])[];

/** The database goes through a CASE from its beginning for every row, so that long ones cost more. */
const rowsPerCase = 250;

/** Moves the balances of locked accounts from what was read to what was decided. */
export async function updateBalances(
  tx: SqlTransaction,
  table: string,
  before: ReadonlyMap<string, Account>,
  after: ReadonlyMap<string, Account>,
): Promise<void> {
  function* makeUpdates() {
    for (const chunk of cutIntoChunks([...after.values()], rowsPerCase)) {
      const ids = chunk.map((account) => idLiteral(account.id));
      const settings = balanceColumns.flatMap(([field, column]) => {
        const cases = chunk.map((account, index) => {
          const delta = account[field] - (before.get(account.id)?.[field] ?? 0);
          return delta === 0 ? '' : ` WHEN ${ids[index]} THEN ${integerLiteral(delta)}`;
        });
        const text = cases.join('');
        return text === '' ? [] : [`${column} = ${column} + CASE id${text} ELSE 0 END`];
      });
      if (settings.length === 0) continue;
      const text = `UPDATE ${table} SET ${settings.join(', ')} WHERE id IN (${ids.join()})`;
      yield { text, rows: chunk.length };
    }
  }
  await runChanges(tx, makeUpdates());
}

/** Closes a locked account; false where something is pending on it or it is closed already. */
export async function closeIdleAccount(
  tx: SqlTransaction,
  table: string,
  id: string,
  closedAt: Date,
): Promise<boolean> {
  const closed = await runChange(
    tx,
    `UPDATE ${table} SET closed_at = ?
      WHERE id = ? AND closed_at IS NULL AND debits_pending = 0 AND credits_pending = 0`,
    [closedAt, idToBinary(id)],
  );
  return closed === 1;
}

/** Which accounts a list shows: those of some units and a span of codes, and fewer where asked. */
export interface AccountFilter {
  units: readonly string[];
  fromCode: number;
  toCode: number;
  reference: string | null;
  /** The account that the page before ended with. */
  after: { unit: string; code: number; id: string } | null;
  limit: number;
}

/** A page of accounts in order of unit, code and id. */
export async function selectAccountPage(
  db: SqlRunner,
  table: string,
  filter: AccountFilter,
): Promise<Account[]> {
  const { units, fromCode, toCode, reference, after, limit } = filter;
  const named = reference === null ? '' : 'AND reference = ?';
  const behind =
    after === null ? '' : 'AND (unit > ? OR (unit = ? AND (code > ? OR (code = ? AND id > ?))))';
  const id = after === null ? null : idToBinary(after.id);
  const rows = await runSql<AccountRow>(
    db,
    `SELECT ${columns} FROM ${table}
      WHERE unit IN (${listOf(units)}) AND code BETWEEN ? AND ? ${named} ${behind}
      ORDER BY unit, code, id LIMIT ?`,
    [
      ...[...units, fromCode, toCode, ...(reference === null ? [] : [reference])],
      ...(after === null ? [] : [after.unit, after.unit, after.code, after.code, id]),
      limit,
    ],
  );
  return rows.map(toAccount);
}

async function readInOrder(
  db: SqlRunner,
  ids: Iterable<string>,
  statement: (list: string) => string,
): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  for (const chunk of cutIntoChunks([...new Set(ids)].sort())) {
    const rows = await runSql<AccountRow>(db, statement(chunk.map(idLiteral).join()));
    for (const row of rows) {
      const account = toAccount(row);
      accounts.set(account.id, account);
    }
  }
  return accounts;
}

function toAccount(row: AccountRow): Account {
  return {
    id: binaryToId(row.id),
    unit: row.unit,
    code: row.code,
    limitKind: row.limit_kind,
    reference: row.reference,
    debitsPosted: toSafeInteger(row.debits_posted),
    creditsPosted: toSafeInteger(row.credits_posted),
    debitsPending: toSafeInteger(row.debits_pending),
    creditsPending: toSafeInteger(row.credits_pending),
    closedAt: row.closed_at,
    createdAt: row.created_at,
  };
}
