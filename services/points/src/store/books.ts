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
  pointsExpired: 5,
  pointsReversed: 6,
  pointsWrittenOff: 7,
  standingReversed: 8,
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
  expiry: 5,
  reversal: 6,
  writeOff: 7,
  undoing: 8,
  recovery: 9,
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
    pointsExpired: idOf('points-expired'),
    pointsReversed: idOf('points-reversed'),
    pointsWrittenOff: idOf('points-written-off'),
    standingReversed: idOf('standing-reversed'),
  };
}

/** Makes the accounts of a programme; those that are there stay as they are. */
export async function openProgrammeBooks(
  tx: SqlTransaction,
  ledger: Ledger,
  programmeId: string,
): Promise<void> {
  const programme = programmeAccountsOf(programmeId);
  await createAccounts(tx, ledger, [
    termsOf(programme.standingIssued, 'standing', accountCode.standingIssued, 'none'),
    termsOf(programme.pointsIssued, 'points', accountCode.pointsIssued, 'none'),
    termsOf(programme.pointsSpent, 'points', accountCode.pointsSpent),
    termsOf(programme.pointsForfeited, 'points', accountCode.pointsForfeited),
    termsOf(programme.pointsExpired, 'points', accountCode.pointsExpired),
    termsOf(programme.pointsReversed, 'points', accountCode.pointsReversed),
    termsOf(
      programme.pointsWrittenOff,
      'points',
      accountCode.pointsWrittenOff,
      'credits-may-not-exceed-debits',
    ),
    termsOf(programme.standingReversed, 'standing', accountCode.standingReversed),
  ]);
}

/** Makes the accounts of a participation, and of its programme where it is the first one. */
export async function openBooks(
  tx: SqlTransaction,
  ledger: Ledger,
  programmeId: string,
  participationId: string,
): Promise<void> {
  await openProgrammeBooks(tx, ledger, programmeId);
  const own = accountsOf(participationId);
  await createAccounts(tx, ledger, [
    termsOf(own.standing, 'standing', accountCode.standing),
    termsOf(own.points, 'points', accountCode.points),
    termsOf(own.maturing, 'points', accountCode.maturing),
  ]);
}

function termsOf(
  id: string,
  unit: string,
  code: number,
  limitKind: LimitKind = 'debits-may-not-exceed-credits',
): AccountTerms {
  return { id, unit, code, limitKind };
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

/** What stands as standing on the accounts of several participations, by account. */
export async function readStandings(
  db: SqlRunner,
  ledger: Ledger,
  accounts: readonly Accounts[],
): Promise<Map<string, number>> {
  const ids = accounts.map(({ standing }) => standing);
  const found = await listAccounts(db, ledger, ids);
  return new Map(ids.map((id) => [id, postedOn(found.get(id))]));
}

/** Points of a programme that were issued and have gone nowhere yet: spendable, held or maturing. */
export async function readUnspent(
  db: SqlRunner,
  ledger: Ledger,
  programmeId: string,
): Promise<number> {
  const programme = programmeAccountsOf(programmeId);
  const found = await listAccounts(db, ledger, [
    programme.pointsIssued,
    programme.pointsSpent,
    programme.pointsForfeited,
    programme.pointsExpired,
    programme.pointsReversed,
    programme.pointsWrittenOff,
  ]);
  return -[...found.values()].reduce((sum, account) => sum + postedOn(account), 0);
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
