import type { LimitKind } from '@ddp/ledger/domain/account';
import type { Chain, TransferRequest } from '@ddp/ledger/domain/transfer';

/**
 * An independent model of a ledger, written from the published rules of double-entry transfers and
 * not from the engine: it keeps nothing but the accepted requests, and works out every balance and
 * hold anew from them, in integers without a bound.
 */
export interface ModelLedger {
  /** `ok`, `exists`, or the problem and the index at fault, `exceeds-limit@0`; accepts what is ok. */
  judge(chain: Chain, at: number): string;
  sumsOf(accountId: string): Sums;
  /** From here on nothing may be moved to or from the account. */
  close(accountId: string): void;
  /** How many requests were accepted. */
  size(): number;
}

export interface ModelAccount {
  id: string;
  unit: string;
  limitKind: LimitKind;
}

export interface Sums {
  debits: bigint;
  credits: bigint;
  heldDebits: bigint;
  heldCredits: bigint;
}

/** What was accepted, by id in order, and what ended each hold. */
interface Book {
  accounts: readonly ModelAccount[];
  closed: ReadonlySet<string>;
  requests: ReadonlyMap<string, TransferRequest>;
  ends: ReadonlyMap<string, TransferRequest>;
}

export function createModelLedger(accounts: readonly ModelAccount[]): ModelLedger {
  let book: Book = { accounts, closed: new Set(), requests: new Map(), ends: new Map() };
  return {
    judge(chain, at) {
      const [verdict, after] = judgeChain(book, chain, at);
      book = after;
      return verdict;
    },
    sumsOf: (accountId) => sumsOf(book, accountId),
    close(accountId) {
      book = { ...book, closed: new Set([...book.closed, accountId]) };
    },
    size: () => book.requests.size,
  };
}

function judgeChain(book: Book, chain: Chain, at: number): [string, Book] {
  const ids = chain.map((request) => request.id);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (repeated >= 0) return [`id-repeated-in-chain@${repeated}`, book];
  const earlier = ids.map((id) => book.requests.get(id));
  const other = chain.findIndex((request, index) => {
    const before = earlier[index];
    return before !== undefined && describe(book, before) !== describe(book, request);
  });
  if (other >= 0) return [`id-used-with-other-fields@${other}`, book];
  const first = earlier.findIndex((request) => request !== undefined);
  if (first >= 0) {
    const isWhole = earlier.every((request) => request !== undefined);
    return [isWhole ? 'exists' : `chain-partly-exists@${first}`, book];
  }
  let next = book;
  for (const [index, request] of chain.entries()) {
    const problem = judgeRequest(next, request, at);
    if (problem !== null) return [`${problem}@${index}`, book];
    next = accept(next, request);
  }
  return ['ok', next];
}

/** All fields of a request; posting a hold without an amount means the whole of it. */
function describe(book: Book, request: TransferRequest): string {
  const fields = { ...request };
  if (fields.kind === 'post-pending') {
    const hold = book.requests.get(fields.pendingId);
    fields.amount ??= hold?.kind === 'pending' ? hold.amount : null;
  }
  return JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function accept(book: Book, request: TransferRequest): Book {
  const requests = new Map(book.requests).set(request.id, request);
  const ends = 'pendingId' in request ? new Map(book.ends).set(request.pendingId, request) : null;
  return { ...book, requests, ends: ends ?? book.ends };
}

function judgeRequest(book: Book, request: TransferRequest, at: number): string | null {
  return 'pendingId' in request ? judgeEnd(book, request, at) : judgeMovement(book, request, at);
}

type Movement = Extract<TransferRequest, { debitAccountId: string }>;
type End = Exclude<TransferRequest, Movement>;

function judgeMovement(book: Book, request: Movement, at: number): string | null {
  const sides = [request.debitAccountId, request.creditAccountId].map((id) =>
    book.accounts.find((account) => account.id === id),
  );
  if (request.debitAccountId === request.creditAccountId) return 'same-account';
  if (sides.includes(undefined)) return 'account-not-found';
  if (sides.some((side) => book.closed.has(side?.id ?? ''))) return 'account-closed';
  if (sides.some((side) => side?.unit !== request.unit)) return 'unit-mismatch';
  const isLate = request.kind === 'pending' && (request.expiresAt?.getTime() ?? Infinity) <= at;
  if (isLate) return 'expiry-in-past';
  const after = accept(book, request);
  if (sides.some((side) => isBeyondCounting(sumsOf(after, side?.id ?? '')))) {
    return 'balance-overflow';
  }
  return sides.some((side) => side && breaksLimit(after, side)) ? 'exceeds-limit' : null;
}

function judgeEnd(book: Book, request: End, at: number): string | null {
  const hold = book.requests.get(request.pendingId);
  if (hold?.kind !== 'pending') return 'hold-not-found';
  switch (book.ends.get(hold.id)?.kind) {
    case 'post-pending':
      return 'hold-already-posted';
    case 'void-pending':
      return 'hold-already-voided';
    case 'expire-pending':
      return 'hold-already-expired';
    default:
  }
  const isOver = hold.expiresAt !== null && at >= hold.expiresAt.getTime();
  if (request.kind === 'expire-pending') return isOver ? null : 'hold-not-yet-expired';
  if (isOver) return 'hold-expired';
  if (request.kind === 'void-pending') return null;
  const isClosed = [hold.debitAccountId, hold.creditAccountId].some((id) => book.closed.has(id));
  if (isClosed) return 'account-closed';
  return (request.amount ?? 0) > hold.amount ? 'amount-exceeds-hold' : null;
}

function sumsOf(book: Book, accountId: string): Sums {
  const sums: Sums = { debits: 0n, credits: 0n, heldDebits: 0n, heldCredits: 0n };
  for (const request of book.requests.values()) {
    if ('pendingId' in request) continue;
    const { posted, held } = effectOf(book, request);
    if (request.debitAccountId === accountId) {
      sums.debits += posted;
      sums.heldDebits += held;
    }
    if (request.creditAccountId === accountId) {
      sums.credits += posted;
      sums.heldCredits += held;
    }
  }
  return sums;
}

/** What a movement has come to by now. */
function effectOf(book: Book, request: Movement): { posted: bigint; held: bigint } {
  if (request.kind === 'posted') return { posted: BigInt(request.amount), held: 0n };
  const end = book.ends.get(request.id);
  if (end === undefined) return { posted: 0n, held: BigInt(request.amount) };
  const moved = end.kind === 'post-pending' ? (end.amount ?? request.amount) : 0;
  return { posted: BigInt(moved), held: 0n };
}

function isBeyondCounting({ debits, credits, heldDebits, heldCredits }: Sums): boolean {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return debits + heldDebits > most || credits + heldCredits > most;
}

function breaksLimit(book: Book, { id, limitKind }: ModelAccount): boolean {
  const { debits, credits, heldDebits, heldCredits } = sumsOf(book, id);
  if (limitKind === 'debits-may-not-exceed-credits') return debits + heldDebits > credits;
  if (limitKind === 'credits-may-not-exceed-debits') return credits + heldCredits > debits;
  return false;
}
