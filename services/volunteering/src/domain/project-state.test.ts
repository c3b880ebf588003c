import { projectStates } from '@ddp/contracts/volunteering/projects';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideProjectMove, isOpenProject, type ProjectMove } from './project-state.ts';

const moves: ProjectMove[] = ['change', 'approve', 'start', 'close'];

it('takes activities only between its approval and its end, and ends for good', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 12 }), (walk) => {
      let state: (typeof projectStates)[number] = 'draft';
      const taken: ProjectMove[] = [];
      for (const move of walk) {
        const next = decideProjectMove(state, move);
        if (state === 'closed') expect(next).toBeNull();
        if (next === null) continue;
        taken.push(move);
        state = next;
        expect(isOpenProject(state)).toBe(taken.includes('approve') && !taken.includes('close'));
      }
      expect(projectStates).toContain(state);
    }),
  );
});
