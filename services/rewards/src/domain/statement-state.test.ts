import { disputeStates, type statementStates } from '@ddp/contracts/rewards/settlements';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { disputeAfter, type StatementAct, statementAfter } from './statement-state.ts';

const acts = fc.array(
  fc.constantFrom<StatementAct>('confirm', 'dispute', 'end-disputes', 'close', 'pay'),
);

it('is paid once, never while it is disputed, and only after it was confirmed or closed', () => {
  fc.assert(
    fc.property(acts, (walk) => {
      let state: (typeof statementStates)[number] = 'drawn';
      for (const act of walk) {
        const next = statementAfter(act, state);
        if (next === 'paid') expect(['confirmed', 'closed']).toContain(state);
        state = next ?? state;
      }
    }),
  );
  for (const act of ['confirm', 'dispute', 'end-disputes', 'close', 'pay'] as const) {
    expect(statementAfter(act, 'paid')).toBeNull();
  }
});

it('takes two officers to reject a dispute, and ends once', () => {
  expect(disputeAfter('raised', 'rejected')).toBe('referred');
  expect(disputeAfter('raised', 'upheld')).toBe('upheld');
  for (const verdict of ['upheld', 'rejected'] as const) {
    expect(disputeAfter('referred', verdict)).toBe(verdict);
    const ended = disputeStates.filter((state) => disputeAfter(state, verdict) === null);
    expect(ended).toEqual(['upheld', 'rejected']);
  }
});
