import type { Account } from '@ddp/ledger/domain/account';
import { type Decision, decideTransfers } from '@ddp/ledger/domain/decide-transfers';
import type { Chain, HoldState, Transfer } from '@ddp/ledger/domain/transfer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModelLedger } from './model-ledger.ts';
import { accounts, rounds, start } from './requests.ts';

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

function close(rows: Rows, id: string): Rows {
  const account = rows.accounts.get(id);
  if (!account) return rows;
  const closed = { ...account, closedAt: new Date(start) };
  return { ...rows, accounts: new Map(rows.accounts).set(id, closed) };
}

function decide(rows: Rows, chains: Chain[], blockSeq: number, at: number): Decision {
  return decideTransfers({ ...rows, blockSeq, previousBlockAt: null }, chains, new Date(at));
}

function nameOf(verdict: Decision['verdicts'][number] | undefined): string {
  if (verdict === undefined) return 'nothing';
  return verdict.status === 'refused' ? `${verdict.problem}@${verdict.index}` : verdict.status;
}

function sumsOf(account: Account) {
  return {
    debits: BigInt(account.debitsPosted),
    credits: BigInt(account.creditsPosted),
    heldDebits: BigInt(account.debitsPending),
    heldCredits: BigInt(account.creditsPending),
  };
}

/** Every verdict that the engine knows: the generator would be worthless if it missed one. */
const everyVerdict = [
  'account-closed',
  'account-not-found',
  'amount-exceeds-hold',
  'balance-overflow',
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
];

describe('the engine against an independent model', () => {
  it('gives every chain the verdict of the model, and the same balances', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(rounds, (batches) => {
        let rows = emptyRows();
        const model = createModelLedger(accounts);
        for (const [step, { chains, closes }] of batches.entries()) {
          const decision = decide(rows, chains, step + 1, start + step);
          rows = applyDecision(rows, decision);
          for (const [index, chain] of chains.entries()) {
            const expected = model.judge(chain, start + step);
            expect(nameOf(decision.verdicts[index])).toBe(expected);
            seen.add(expected.split('@')[0] ?? '');
          }
          expect(rows.transfers.size).toBe(model.size());
          if (closes === null) continue;
          rows = close(rows, closes);
          model.close(closes);
        }
        for (const account of rows.accounts.values()) {
          expect(sumsOf(account)).toEqual(model.sumsOf(account.id));
        }
      }),
      { numRuns: 1_500 },
    );
    expect([...seen].toSorted()).toEqual(everyVerdict);
  });

  it('keeps debits equal to credits in each unit, limits, and one end for each hold', () => {
    fc.assert(
      fc.property(rounds, (batches) => {
        let rows = emptyRows();
        for (const [step, { chains }] of batches.entries()) {
          rows = applyDecision(rows, decide(rows, chains, step + 1, start + step));
          const all = [...rows.accounts.values()];
          for (const unit of ['points', 'cents']) {
            const sums = all.filter((account) => account.unit === unit).map(sumsOf);
            const total = (side: keyof (typeof sums)[number]) =>
              sums.reduce((sum, one) => sum + one[side], 0n);
            expect(total('debits')).toBe(total('credits'));
            expect(total('heldDebits')).toBe(total('heldCredits'));
          }
          for (const account of all) expect(spareOf(account)).toBeGreaterThanOrEqual(0);
          const ends = [...rows.transfers.values()].flatMap(({ pendingId }) => pendingId ?? []);
          expect(new Set(ends).size).toBe(ends.length);
        }
      }),
    );
  });

  it('decides a batch as it would decide its chains one after another', () => {
    fc.assert(
      fc.property(rounds, (batches) => {
        const chains = batches.flatMap((batch) => batch.chains);
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
        const chains = batches.flatMap((batch) => batch.chains);
        const { transfers } = decide(emptyRows(), chains, 7, start);
        expect(transfers.map((transfer) => transfer.position)).toEqual([...transfers.keys()]);
        expect(transfers.every((transfer) => transfer.blockSeq === 7)).toBe(true);
      }),
    );
  });
});

/** What an account may still give by its limit; 0 where it has none. */
function spareOf(account: Account): number {
  const { debitsPosted, debitsPending, creditsPosted, creditsPending } = account;
  expect(Math.min(debitsPending, creditsPending)).toBeGreaterThanOrEqual(0);
  switch (account.limitKind) {
    case 'none':
      return 0;
    case 'debits-may-not-exceed-credits':
      return creditsPosted - debitsPosted - debitsPending;
    case 'credits-may-not-exceed-debits':
      return debitsPosted - creditsPosted - creditsPending;
  }
}
