import { deriveId } from '@ddp/db-kit/ids';
import { applyChains } from '@ddp/ledger/apply-chains';
import { createAccounts } from '@ddp/ledger/create-accounts';
import type { Account, AccountTerms, LimitKind } from '@ddp/ledger/domain/account';
import type { Chain, PostedRequest } from '@ddp/ledger/domain/transfer';
import type { ChainVerdict } from '@ddp/ledger/domain/verdict';
import type { Ledger, SqlRunner, SqlTransaction } from '@ddp/ledger/ledger';
import { listAccounts } from '@ddp/ledger/read-accounts';

/** The ledger accounts of one participation. */
export interface Accounts {
  /** 品德值, never spent. */
  standing: string;
  /** 可用积分 */
  points: string;
  /** Points that may be spent after their waiting time. */
  maturing: string;
}

export interface Meters {
  standing: number;
  /** What may be spent now. */
  points: number;
  held: number;
  maturing: number;
}

/** Sorts of account of this service; other services have codes from 4000 on. */
const accountCode = {
  standingIssued: 1,
  pointsIssued: 2,
  pointsSpent: 3,
  pointsForfeited: 4,
  standing: 11,
  points: 12,
  maturing: 13,
} as const;

/** Sorts of transfer of this service. */
export const transferCode = {
  award: 1,
  maturity: 2,
  redemption: 3,
  leaving: 4,
} as const;

export function accountsOf(participationId: string): Accounts {
  const idOf = (meter: string) => deriveId('points-account', participationId, meter);
  return { standing: idOf('standing'), points: idOf('points'), maturing: idOf('maturing') };
}

/** The accounts of a programme on the other side of everybody's. */
export function programmeAccountsOf(programmeId: string) {
  const idOf = (name: string) => deriveId('programme-account', programmeId, name);
  return {
    standingIssued: idOf('standing-issued'),
    pointsIssued: idOf('points-issued'),
    pointsSpent: idOf('points-spent'),
    pointsForfeited: idOf('points-forfeited'),
  };
}

/** Makes the accounts of a participation, and of its programme where it is the first one. */
export async function openBooks(
  tx: SqlTransaction,
  ledger: Ledger,
  programmeId: string,
  participationId: string,
): Promise<void> {
  const programme = programmeAccountsOf(programmeId);
  const own = accountsOf(participationId);
  const terms = (
    id: string,
    unit: string,
    code: number,
    limitKind: LimitKind = 'debits-may-not-exceed-credits',
  ): AccountTerms => ({ id, unit, code, limitKind });
  await createAccounts(tx, ledger, [
    terms(programme.standingIssued, 'standing', accountCode.standingIssued, 'none'),
    terms(programme.pointsIssued, 'points', accountCode.pointsIssued, 'none'),
    terms(programme.pointsSpent, 'points', accountCode.pointsSpent),
    terms(programme.pointsForfeited, 'points', accountCode.pointsForfeited),
    terms(own.standing, 'standing', accountCode.standing),
    terms(own.points, 'points', accountCode.points),
    terms(own.maturing, 'points', accountCode.maturing),
  ]);
}

/** What stands on a participation's accounts, as committed or as the transaction sees it. */
export async function readMeters(
  db: SqlRunner,
  ledger: Ledger,
  accounts: Accounts,
): Promise<Meters> {
  const found = await listAccounts(db, ledger, Object.values(accounts));
  const points = found.get(accounts.points);
  const held = points?.debitsPending ?? 0;
  return {
    standing: postedOn(found.get(accounts.standing)),
    points: postedOn(points) - held,
    held,
    maturing: postedOn(found.get(accounts.maturing)),
  };
}

function postedOn(account: Account | undefined): number {
  return account === undefined ? 0 : account.creditsPosted - account.debitsPosted;
}

/** A transfer of points or standing that happens at once. */
export function move(
  id: string,
  from: string,
  to: string,
  amount: number,
  code: number,
  unit: 'points' | 'standing' = 'points',
): PostedRequest {
  const accounts = { debitAccountId: from, creditAccountId: to };
  return { kind: 'posted', id, ...accounts, amount, unit, code, reference: null };
}

/** Writes one chain and gives its verdict. */
export async function applyChain(
  tx: SqlTransaction,
  ledger: Ledger,
  chain: Chain,
): Promise<ChainVerdict> {
  const [verdict] = await applyChains(tx, ledger, [chain]);
  if (verdict === undefined) throw new Error('the ledger gave no verdict');
  return verdict;
}

/** Writes chains that nothing can speak against. Throws, and so rolls back, where something does. */
export async function applySurely(
  tx: SqlTransaction,
  ledger: Ledger,
  ...chains: Chain[]
): Promise<void> {
  for (const { status } of await applyChains(tx, ledger, chains)) {
    if (status !== 'ok') throw new Error(`the ledger answered ${status} where it had to write`);
  }
}
