import type { Account, LimitKind } from '@ddp/ledger/domain/account';
import type { Chain, TransferRequest } from '@ddp/ledger/domain/transfer';
import fc from 'fast-check';

export const start = Date.UTC(2026, 0, 1);

export function idOf(letter: string, n: number): string {
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

/** Accounts of each limit; number 4 counts another unit. */
export const accounts: Account[] = limits.map((limitKind, n) => ({
  id: idOf('a', n),
  unit: n === 4 ? 'cents' : 'points',
  code: 1,
  limitKind,
  reference: null,
  debitsPosted: 0,
  creditsPosted: 0,
  debitsPending: 0,
  creditsPending: 0,
  closedAt: null,
  createdAt: new Date(0),
}));

const amounts = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 53 - 3, max: 2 ** 53 - 1 }) },
);
// Debit and credit; account 7 does not exist.
const pairs = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom([0, 6], [6, 0], [0, 1], [6, 2], [1, 0], [3, 6], [6, 3], [2, 1]),
  },
  { weight: 1, arbitrary: fc.constantFrom([0, 4], [5, 0], [0, 5], [7, 0], [0, 7], [6, 6]) },
);
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
  pendingId: fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6).map((n) => idOf('b', n)),
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

export interface Round {
  chains: Chain[];
  /** An account that somebody closes after these chains. */
  closes: string | null;
}

/** Batches of chains over the accounts, with accounts closed in between. */
export const rounds: fc.Arbitrary<Round[]> = fc
  .tuple(
    pool,
    fc.array(
      fc.tuple(
        fc.array(picks, { minLength: 1, maxLength: 10 }),
        fc.oneof(
          { weight: 5, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.constantFrom(1, 2, 3, 5).map((n) => idOf('a', n)) },
        ),
      ),
      { minLength: 4, maxLength: 8 },
    ),
  )
  .map(([bodies, drawn]) =>
    drawn.map(([batch, closes]) => ({
      closes,
      chains: batch.map((one) =>
        one.map(
          ({ n, clash }) => ({ id: idOf('b', n), ...(clash ?? bodies[n]) }) as TransferRequest,
        ),
      ),
    })),
  );
