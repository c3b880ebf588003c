import { createSimulatedClock } from '@ddp/calendar/clock';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { applyChains } from '@ddp/ledger/apply-chains';
import { auditQueries } from '@ddp/ledger/audit-queries';
import { createAccounts } from '@ddp/ledger/create-accounts';
import {
  createAccountTable,
  createBlockTable,
  createHeadTable,
  createHoldTable,
  createTransferTable,
  insertHead,
} from '@ddp/ledger/create-tables';
import type { LimitKind } from '@ddp/ledger/domain/account';
import type { Chain, PendingRequest, PostedRequest } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import * as extensions from '@ddp/ledger/extend-tables';
import type { Ledger } from '@ddp/ledger/ledger';
import { readAccount } from '@ddp/ledger/read-accounts';
import { sweepExpiredHolds } from '@ddp/ledger/sweep-expired-holds';
import { createTestDatabase } from '@ddp/testing/database';
import { CompiledQuery } from 'kysely';

const steps = [
  createAccountTable,
  createTransferTable,
  createHoldTable,
  createBlockTable,
  createHeadTable,
  insertHead,
];

/** A ledger in a schema of its own, with short ways to use it. */
export async function openLedger() {
  const db = await createTestDatabase<object>();
  const clock = createSimulatedClock(new Date());
  clock.setTo(new Date(Date.now()));
  const ledger: Ledger = { prefix: 'test_ledger', hashName: 'sha256', clock };
  for (const step of [...steps, ...steps]) await step(db, ledger.prefix);
  const later = Object.values(extensions).map((extend) => extend(ledger.prefix));
  for (const { up } of [...later, ...later]) await up(db);

  const apply = (chains: readonly Chain[]): Promise<ChainVerdict[]> =>
    transact(db, (tx) => applyChains(tx, ledger, chains));
  return {
    db,
    clock,
    ledger,
    apply,
    /** One chain; its status or problem. */
    async tell(...chain: Chain): Promise<string> {
      const [verdict] = await apply([chain]);
      return nameOf(verdict);
    },
    /** Expires the holds in points whose deadline has come. */
    sweep: (limit = 500) =>
      transact(db, (tx) => sweepExpiredHolds(tx, ledger, { units: ['points'], limit })),
    async open(limitKind: LimitKind = 'none', unit = 'points'): Promise<string> {
      const id = newId();
      await transact(db, (tx) => createAccounts(tx, ledger, [{ id, unit, code: 1, limitKind }]));
      return id;
    },
    async balances(id: string): Promise<[number, number, number, number]> {
      const account = await readAccount(db, ledger, id);
      return [
        account.debitsPosted,
        account.creditsPosted,
        account.debitsPending,
        account.creditsPending,
      ];
    },
    async sql(text: string, ...values: unknown[]) {
      const { rows } = await db.executeQuery<Record<string, unknown>>(
        CompiledQuery.raw(text, values),
      );
      return rows;
    },
    /** Names of the invariants that some row breaks. */
    async audit(): Promise<string[]> {
      const broken: string[] = [];
      for (const { name, sql } of auditQueries(ledger.prefix)) {
        const { rows } = await db.executeQuery(CompiledQuery.raw(sql));
        if (rows.length > 0) broken.push(name.slice(0, 2));
      }
      return broken;
    },
  };
}

export type TestLedger = Awaited<ReturnType<typeof openLedger>>;

export function nameOf(verdict: ChainVerdict | undefined): string {
  if (verdict === undefined) return 'nothing';
  return verdict.status === 'refused' ? verdict.problem : verdict.status;
}

export function posted(
  debitAccountId: string,
  creditAccountId: string,
  amount: number,
  fields: Partial<PostedRequest> = {},
): PostedRequest {
  return {
    kind: 'posted',
    id: newId(),
    debitAccountId,
    creditAccountId,
    amount,
    unit: 'points',
    code: 1,
    reference: null,
    ...fields,
  };
}

export function pending(
  debitAccountId: string,
  creditAccountId: string,
  amount: number,
  expiresAt: Date | null = null,
): PendingRequest {
  return { ...posted(debitAccountId, creditAccountId, amount), kind: 'pending', expiresAt };
}

export function post(pendingId: string, amount: number | null = null): Chain[number] {
  return { kind: 'post-pending', id: newId(), pendingId, amount, code: 1, reference: null };
}

export function voiding(pendingId: string): Chain[number] {
  return { kind: 'void-pending', id: newId(), pendingId, code: 1, reference: null };
}
