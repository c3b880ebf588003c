import { activityStates } from '@ddp/contracts/volunteering/activities';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ActivityMove, decideMove, isPublic } from './activity-state.ts';

const moves: ActivityMove[] = ['submit', 'approve', 'return', 'publish', 'cancel', 'close'];

it('is never public without an approval on the way, and ends for good', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 20 }), (walk) => {
      let state: (typeof activityStates)[number] = 'draft';
      let isApproved = false;
      for (const move of walk) {
        const next = decideMove(state, move);
        if (state === 'closed' || state === 'cancelled') expect(next).toBeNull();
        if (next === null) continue;
        if (move === 'approve') isApproved = true;
        if (move === 'return') isApproved = false;
        state = next;
        if (isPublic(state)) expect(isApproved).toBe(true);
      }
      expect(activityStates).toContain(state);
    }),
  );
});
