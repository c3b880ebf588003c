import { type BenefitState, benefitStates } from '@ddp/contracts/rewards/benefits';
import { describe, expect, it } from 'vitest';
import { type BenefitAct, isOpen, isOwnProposal, stateAfter } from './benefit-state.ts';

describe('a benefit', () => {
  it('comes on offer by submission, approval and publication alone', () => {
    const acts: BenefitAct[] = [
      ...([
        'submit',
        'approve',
        'return',
        'publish',
        'pause',
        'resume',
        'withdraw',
        'end',
      ] as const),
    ];
    const into = (to: BenefitState) =>
      benefitStates.flatMap((from) =>
        acts.filter((act) => stateAfter(act, from) === to).map((act) => `${act} ${from}`),
      );
    expect(into('published')).toEqual(['publish approved', 'resume paused']);
    expect(into('approved')).toEqual(['approve submitted']);
    expect(into('submitted')).toEqual(['submit draft']);
    for (const end of ['withdrawn', 'ended'] as const) {
      expect(acts.map((act) => stateAfter(act, end))).toEqual(acts.map(() => null));
    }
  });

  it('is open from the first instant of its window until before the last', () => {
    const window = { opensAt: new Date(1_000), closesAt: new Date(2_000) };
    const seen = [999, 1_000, 1_999, 2_000].map((at) =>
      isOpen({ state: 'published', ...window }, new Date(at)),
    );
    expect(seen).toEqual([false, true, true, false]);
    expect(isOpen({ state: 'paused', ...window }, new Date(1_500))).toBe(false);
    const always = { state: 'published' as const, opensAt: null, closesAt: null };
    expect(isOpen(always, new Date())).toBe(true);
  });

  it('is not decided on by whoever wrote it', () => {
    expect(isOwnProposal('a', ['b', null])).toBe(false);
    expect(isOwnProposal('a', [null, 'a'])).toBe(true);
  });
});
