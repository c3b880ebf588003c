import { organizationStages } from '@ddp/contracts/directory/schemas';
import { expect, it } from 'vitest';
import { isNextStage } from './organization-stage.ts';

it('goes on, back by a step, or ends, and never from the end', () => {
  const next = [null, ...organizationStages].map((from) =>
    organizationStages.filter((to) => isNextStage(from, to)),
  );
  expect(next).toEqual([
    ['incubating', 'recorded', 'registered'],
    ['recorded', 'registered', 'dissolved'],
    ['incubating', 'registered', 'dissolved'],
    ['recorded', 'dissolved'],
    [],
  ]);
});
