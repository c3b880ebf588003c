import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, LimitKind } from './account.ts';
import { type Decision, decideTransfers, type LedgerState } from './decide-transfers.ts';
import type { Chain, HoldState, Transfer, TransferRequest } from './transfer.ts';

/**
 * An independent model, written from the published rules and not from the code: it keeps nothing
 * but the list of accepted requests, and works out every balance and hold anew from that list.
 */
interface Accepted {
  request: TransferRequest;
  at: number;
}

function idOf(letter: string, n: number): string {
  return `00000000-0000-7000-8000-${letter}${String(n).padStart(11, '0')}`;
}

const limits: LimitKind[] = [
  'none',
  'debits-may-not-exceed-credits',
  'debits-may-not-exceed-credits',
  'credits-may-not-exceed-debits',
  'none',
  'none',
  'none',
];
const accounts: Account[] = limits.map((limitKind, n) => ({
  id: idOf('a', n),
  unit: n === 4 ? 'cents' : 'points',
  code: 1,
  limitKind,
  reference: null,
  debitsPosted: 0,
  creditsPosted: 0,
  debitsPending: 0,
  creditsPending: 0,
  closedAt: n === 5 ? new Date(0) : null,
  createdAt: new Date(0),
}));
const start = Date.UTC(2026, 0, 1);

function findAccepted(list: readonly Accepted[], id: string): Accepted | undefined {
  return list.find((entry) => entry.request.id === id);
}

function resolutionOf(list: readonly Accepted[], holdId: string): Accepted | undefined {
  return list.find(({ request }) => 'pendingId' in request && request.pendingId === holdId);
}

interface Sums {
  debits: number;
  credits: number;
  heldDebits: number;
  heldCredits: number;
}

function sumsOf(list: readonly Accepted[], accountId: string): Sums {
  const sums: Sums = { debits: 0, credits: 0, heldDebits: 0, heldCredits: 0 };
  for (const { request } of list) {
    if (request.kind !== 'posted' && request.kind !== 'pending') continue;
    const end = resolutionOf(list, request.id)?.request;
    const moved = end?.kind === 'post-pending' ? (end.amount ?? request.amount) : 0;
    const posted = request.kind === 'posted' ? request.amount : moved;
    const held = request.kind === 'pending' && end === undefined ? request.amount : 0;
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

function breaksLimit(list: readonly Accepted[], account: Account): boolean {
  const { debits, credits, heldDebits, heldCredits } = sumsOf(list, account.id);
  if (account.limitKind === 'debits-may-not-exceed-credits') return debits + heldDebits > credits;
  if (account.limitKind === 'credits-may-not-exceed-debits') return credits + heldCredits > debits;
  return false;
}

function judge(list: readonly Accepted[], request: TransferRequest, at: number): string {
  if (request.kind === 'posted' || request.kind === 'pending') {
    const [debit, credit] = [request.debitAccountId, request.creditAccountId].map((id) =>
      accounts.find((account) => account.id === id),
    );
    if (request.debitAccountId === request.creditAccountId) return 'same-account';
    if (!debit || !credit) return 'account-not-found';
    if (debit.closedAt || credit.closedAt) return 'account-closed';
    if (debit.unit !== request.unit || credit.unit !== request.unit) return 'unit-mismatch';
    if (request.kind === 'pending' && request.expiresAt && request.expiresAt.getTime() <= at) {
      return 'expiry-in-past';
    }
    const after = [...list, { request, at }];
    return breaksLimit(after, debit) || breaksLimit(after, credit) ? 'exceeds-limit' : 'ok';
  }
  const hold = findAccepted(list, request.pendingId)?.request;
  if (hold?.kind !== 'pending') return 'hold-not-found';
  const end = resolutionOf(list, hold.id)?.request.kind;
  if (end === 'post-pending') return 'hold-already-posted';
  if (end === 'void-pending') return 'hold-already-voided';
  if (end === 'expire-pending') return 'hold-already-expired';
  const isOver = hold.expiresAt !== null && at >= hold.expiresAt.getTime();
  if (request.kind === 'expire-pending') return isOver ? 'ok' : 'hold-not-yet-expired';
  if (isOver) return 'hold-expired';
  const isTooMuch = request.kind === 'post-pending' && (request.amount ?? 0) > hold.amount;
  return isTooMuch ? 'amount-exceeds-hold' : 'ok';
}

function isSame(list: readonly Accepted[], a: TransferRequest, b: TransferRequest): boolean {
  const whole = (request: TransferRequest): unknown => {
    if (request.kind !== 'post-pending') return request;
    const hold = findAccepted(list, request.pendingId)?.request;
    const wholeAmount = hold?.kind === 'pending' ? hold.amount : null;
    return { ...request, amount: request.amount ?? wholeAmount };
  };
  return JSON.stringify(whole(a)) === JSON.stringify(whole(b));
}

/** The model's verdict on a chain and the list after it. */
function judgeChain(list: Accepted[], chain: Chain, at: number): [string, Accepted[]] {
  const ids = chain.map((request) => request.id);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (repeated >= 0) return [`id-repeated-in-chain@${repeated}`, list];
  const earlier = chain.map((request) => findAccepted(list, request.id)?.request);
  const other = chain.findIndex((request, index) => {
    const before = earlier[index];
    return before !== undefined && !isSame(list, before, request);
  });
  if (other >= 0) return [`id-used-with-other-fields@${other}`, list];
  if (earlier.every((request) => request !== undefined)) return ['exists', list];
  const first = earlier.findIndex((request) => request !== undefined);
  if (first >= 0) return [`chain-partly-exists@${first}`, list];
  let next = list;
  for (const [index, request] of chain.entries()) {
    const verdict = judge(next, request, at);
    if (verdict !== 'ok') return [`${verdict}@${index}`, list];
    next = [...next, { request, at }];
  }
  return ['ok', next];
}

const amounts = fc.integer({ min: 1, max: 12 });
// Debit and credit; account 4 counts another unit, 5 is closed, 7 does not exist.
const pairs = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom([0, 6], [6, 0], [0, 1], [6, 2], [1, 0], [3, 6], [6, 3], [2, 1]),
  },
  { weight: 1, arbitrary: fc.constantFrom([0, 4], [5, 0], [0, 5], [7, 0], [0, 7], [6, 6]) },
);
const holdIds = fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6).map((n) => idOf('b', n));
const movement = fc
  .tuple(
    pairs,
    amounts,
    fc.constantFrom(...Array<string>(9).fill('points'), 'cents'),
    fc.constantFrom(null, 'a:1'),
  )
  .map(([[debit = 0, credit = 0], amount, unit, reference]) => ({
    debitAccountId: idOf('a', debit),
    creditAccountId: idOf('a', credit),
    amount,
    unit,
    code: 1,
    reference,
  }));
const resolution = fc.record({
  pendingId: holdIds,
  code: fc.constant(1),
  reference: fc.constant(null),
});
const expiry = fc.option(
  fc.integer({ min: 0, max: 4 }).map((step) => new Date(start + step)),
  { nil: null },
);
type Unnamed<T> = T extends TransferRequest ? Omit<T, 'id'> : never;
const moves: fc.Arbitrary<Unnamed<TransferRequest>> = fc.oneof(
  { weight: 1, arbitrary: movement.map((fields) => ({ kind: 'posted' as const, ...fields })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(movement, expiry)
      .map(([fields, expiresAt]) => ({ kind: 'pending' as const, ...fields, expiresAt })),
  },
);
const ends: fc.Arbitrary<Unnamed<TransferRequest>> = fc.oneof(
  fc
    .tuple(resolution, fc.option(amounts, { nil: null }))
    .map(([fields, amount]) => ({ kind: 'post-pending' as const, ...fields, amount })),
  resolution.map((fields) => ({ kind: 'void-pending' as const, ...fields })),
  resolution.map((fields) => ({ kind: 'expire-pending' as const, ...fields })),
);

// Chains draw from a small pool of requests, so that repeats of the very same request and references
// to holds that exist are frequent; now and then an id comes back with another body.
const pool = fc
  .tuple(
    fc.array(moves, { minLength: 6, maxLength: 6 }),
    fc.array(ends, { minLength: 6, maxLength: 6 }),
  )
  .map((halves) => halves.flat());
const pick = fc.record({
  n: fc.integer({ min: 0, max: 11 }),
  clash: fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.oneof(moves, ends) },
  ),
});
const picks = fc.oneof(
  { weight: 3, arbitrary: fc.array(pick, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(pick, { minLength: 2, maxLength: 4 }) },
);
const rounds = fc
  .tuple(
    pool,
    fc.array(fc.array(picks, { minLength: 1, maxLength: 10 }), { minLength: 4, maxLength: 8 }),
  )
  .map(([bodies, drawn]) =>
    drawn.map((batch) =>
      batch.map((one) =>
        one.map(
          ({ n, clash }) => ({ id: idOf('b', n), ...(clash ?? bodies[n]) }) as TransferRequest,
        ),
      ),
    ),
  );

interface Rows {
  accounts: Map<string, Account>;
  transfers: Map<string, Transfer>;
  holdStates: Map<string, HoldState>;
}

function emptyRows(): Rows {
  return {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    transfers: new Map(),
    holdStates: new Map(),
  };
}

function applyDecision(rows: Rows, decision: Decision): Rows {
  return {
    accounts: new Map([...rows.accounts, ...decision.accounts]),
    transfers: new Map([
      ...rows.transfers,
      ...decision.transfers.map((transfer) => [transfer.id, transfer] as const),
    ]),
    holdStates: new Map([...rows.holdStates, ...decision.holdStates]),
  };
}

function decide(rows: Rows, chains: Chain[], blockSeq: number, at: number): Decision {
  const state: LedgerState = { ...rows, blockSeq, previousBlockAt: null };
  return decideTransfers(state, chains, new Date(at));
}

function nameOf(verdict: Decision['verdicts'][number]): string {
  return verdict.status === 'refused' ? `${verdict.problem}@${verdict.index}` : verdict.status;
}

describe('the engine against an independent model', () => {
  it('gives every chain the verdict of the model, and the same balances', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(rounds, (batches) => {
        let rows = emptyRows();
        let list: Accepted[] = [];
        for (const [step, chains] of batches.entries()) {
          const decision = decide(rows, chains, step + 1, start + step);
          rows = applyDecision(rows, decision);
          for (const [index, one] of chains.entries()) {
            const [expected, after] = judgeChain(list, one, start + step);
            const actual = decision.verdicts[index];
            expect(actual && nameOf(actual)).toBe(expected);
            const slug = expected.split('@')[0] ?? '';
            seen.set(slug, (seen.get(slug) ?? 0) + 1);
            list = after;
          }
          expect(rows.transfers.size).toBe(list.length);
        }
        for (const account of rows.accounts.values()) {
          expect({
            debits: account.debitsPosted,
            credits: account.creditsPosted,
            heldDebits: account.debitsPending,
            heldCredits: account.creditsPending,
          }).toEqual(sumsOf(list, account.id));
        }
      }),
      { numRuns: 600 },
    );
    // The generator would be worthless if it missed whole classes of verdicts.
    const kinds = [...seen.keys()].sort();
    expect(kinds).toEqual([
      'account-closed',
      'account-not-found',
      'amount-exceeds-hold',
      'chain-partly-exists',
      'exceeds-limit',
      'exists',
      'expiry-in-past',
      'hold-already-expired',
      'hold-already-posted',
      'hold-already-voided',
      'hold-expired',
      'hold-not-found',
      'hold-not-yet-expired',
      'id-repeated-in-chain',
      'id-used-with-other-fields',
      'ok',
      'same-account',
      'unit-mismatch',
    ]);
  });

  it('keeps debits equal to credits in each unit, limits, and one end for each hold', () => {
    fc.assert(
      fc.property(rounds, (batches) => {
        let rows = emptyRows();
        for (const [step, chains] of batches.entries()) {
          rows = applyDecision(rows, decide(rows, chains, step + 1, start + step));
          const all = [...rows.accounts.values()];
          for (const unit of ['points', 'cents']) {
            const ofUnit = all.filter((account) => account.unit === unit);
            const sum = (pick: (account: Account) => number) =>
              ofUnit.reduce((total, account) => total + pick(account), 0);
            expect(sum((a) => a.debitsPosted)).toBe(sum((a) => a.creditsPosted));
            expect(sum((a) => a.debitsPending)).toBe(sum((a) => a.creditsPending));
          }
          for (const a of all) {
            expect(Math.min(a.debitsPending, a.creditsPending)).toBeGreaterThanOrEqual(0);
            const spare =
              a.limitKind === 'debits-may-not-exceed-credits'
                ? a.creditsPosted - a.debitsPosted - a.debitsPending
                : a.debitsPosted - a.creditsPosted - a.creditsPending;
            if (a.limitKind !== 'none') expect(spare).toBeGreaterThanOrEqual(0);
          }
          const ends = [...rows.transfers.values()].flatMap(({ pendingId }) => pendingId ?? []);
          expect(new Set(ends).size).toBe(ends.length);
        }
      }),
    );
  });

  it('decides a batch as it would decide its chains one after another', () => {
    fc.assert(
      fc.property(rounds, (batches) => {
        const chains = batches.flat();
        const together = decide(emptyRows(), chains, 1, start);
        let rows = emptyRows();
        const singly = chains.map((one) => {
          const decision = decide(rows, [one], 1, start);
          rows = applyDecision(rows, decision);
          return decision.verdicts.map(nameOf);
        });
        expect(together.verdicts.map(nameOf)).toEqual(singly.flat());
        expect(applyDecision(emptyRows(), together).accounts).toEqual(rows.accounts);
      }),
    );
  });

  it('numbers the new transfers of a batch from 0 without a gap', () => {
    fc.assert(
      fc.property(rounds, (batches) => {
        const chains = batches.flat();
        const { transfers } = decide(emptyRows(), chains, 7, start);
        expect(transfers.map((transfer) => transfer.position)).toEqual([...transfers.keys()]);
        expect(transfers.every((transfer) => transfer.blockSeq === 7)).toBe(true);
      }),
    );
  });
});
