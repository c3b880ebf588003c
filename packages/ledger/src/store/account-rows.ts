import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Account, AccountTerms, Balances, LimitKind } from '../domain/account.ts';
import type { SqlRunner, SqlTransaction } from '../ledger.ts';
import {
  cutIntoChunks,
  listOf,
  placeholders,
  runChange,
  runSql,
  type SqlValue,
} from './run-sql.ts';

interface AccountRow {
  id: Buffer;
  unit: string;
  code: number;
  limit_kind: LimitKind;
  debits_posted: number | string;
  credits_posted: number | string;
  debits_pending: number | string;
  credits_pending: number | string;
  closed_at: Date | null;
  created_at: Date;
}

const columns = `id, unit, code, limit_kind, debits_posted, credits_posted, debits_pending,
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
      `INSERT INTO ${table} (id, unit, code, limit_kind, created_at)
        VALUES ${placeholders(chunk.length, 5)}`,
      chunk.flatMap((account) => [
        idToBinary(account.id),
        account.unit,
        account.code,
        account.limitKind,
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

/** Moves the balances of locked accounts from what was read to what was decided. */
export async function updateBalances(
  tx: SqlTransaction,
  table: string,
  before: ReadonlyMap<string, Account>,
  after: ReadonlyMap<string, Account>,
): Promise<void> {
  for (const chunk of cutIntoChunks([...after.values()])) {
    const ids = chunk.map((account) => idToBinary(account.id));
    const values: SqlValue[] = [];
    const settings: string[] = [];
    for (const [field, column] of balanceColumns) {
      const cases = chunk.flatMap((account, index) => {
        const delta = account[field] - (before.get(account.id)?.[field] ?? 0);
        return delta === 0 ? [] : [[ids[index] ?? null, delta] as const];
      });
      if (cases.length === 0) continue;
      settings.push(
        `${column} = ${column} + CASE id ${'WHEN ? THEN ? '.repeat(cases.length)} ELSE 0 END`,
      );
      values.push(...cases.flat());
    }
    if (settings.length === 0) continue;
    const matched = await runChange(
      tx,
      `UPDATE ${table} SET ${settings.join(', ')} WHERE id IN (${listOf(ids)})`,
      [...values, ...ids],
    );
    if (matched !== chunk.length) throw new Error('an account vanished under its lock');
  }
}

async function readInOrder(
  db: SqlRunner,
  ids: Iterable<string>,
  statement: (list: string) => string,
): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  for (const chunk of cutIntoChunks([...new Set(ids)].sort())) {
    const rows = await runSql<AccountRow>(db, statement(listOf(chunk)), chunk.map(idToBinary));
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
    debitsPosted: toSafeInteger(row.debits_posted),
    creditsPosted: toSafeInteger(row.credits_posted),
    debitsPending: toSafeInteger(row.debits_pending),
    creditsPending: toSafeInteger(row.credits_pending),
    closedAt: row.closed_at,
    createdAt: row.created_at,
  };
}
