import type { SequentialModel } from '@ddp/testing/linearizability';

/** What clients do to one account whose debits may not exceed its credits. */
export type BalanceInput =
  | { kind: 'read' }
  | { kind: 'deposit' | 'withdraw'; amount: number }
  /** Holds are numbered from 0 in their history, each with one amount. */
  | { kind: 'hold' | 'post-hold' | 'void-hold'; hold: number; amount: number };

/** A verdict of the ledger, or `credits:debits:pending` of a read. */
export type BalanceOutput = string;

interface BalanceState {
  credits: number;
  debits: number;
  pending: number;
  /** A letter for each hold: not there, open, posted, voided. */
  holds: string;
}

const mostHolds = 200;
const done = new Set(['created', 'exists']);

/** One account with its holds, one operation after another. */
export const balanceModel: SequentialModel<BalanceState, BalanceInput, BalanceOutput> = {
  initial: { credits: 0, debits: 0, pending: 0, holds: '-'.repeat(mostHolds) },
  step(state, input, output) {
    const expected = expect(state, input);
    if (output === null) return expected.after;
    const isSame = done.has(output) ? expected.output === 'created' : expected.output === output;
    return isSame ? expected.after : null;
  },
  keyOf: ({ credits, debits, holds }) => `${credits} ${debits} ${holds}`,
};

function expect(
  state: BalanceState,
  input: BalanceInput,
): { output: BalanceOutput; after: BalanceState } {
  const { credits, debits, pending } = state;
  const refuse = (output: string) => ({ output, after: state });
  const go = (change: Partial<BalanceState>) => ({
    output: 'created',
    after: { ...state, ...change },
  });
  switch (input.kind) {
    case 'read':
      return refuse(`${credits}:${debits}:${pending}`);
    case 'deposit':
      return go({ credits: credits + input.amount });
    case 'withdraw':
      if (debits + pending + input.amount > credits) return refuse('exceeds-limit');
      return go({ debits: debits + input.amount });
    case 'hold':
      if (debits + pending + input.amount > credits) return refuse('exceeds-limit');
      return go({ pending: pending + input.amount, holds: mark(state, input.hold, 'o') });
    case 'post-hold':
    case 'void-hold': {
      const found = state.holds[input.hold];
      if (found === 'p') return refuse('hold-already-posted');
      if (found === 'v') return refuse('hold-already-voided');
      if (found !== 'o') return refuse('hold-not-found');
      const isPosting = input.kind === 'post-hold';
      return go({
        debits: debits + (isPosting ? input.amount : 0),
        pending: pending - input.amount,
        holds: mark(state, input.hold, isPosting ? 'p' : 'v'),
      });
    }
  }
}

function mark({ holds }: BalanceState, hold: number, letter: string): string {
  return `${holds.slice(0, hold)}${letter}${holds.slice(hold + 1)}`;
}
