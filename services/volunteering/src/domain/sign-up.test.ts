import { expect, it } from 'vitest';
import { decideFitness, reminderOf } from './sign-up.ts';

const adult = { birthMonth: '1990-05', guardianOn: null, skillIds: ['cut'] };
const child = { birthMonth: '2012-05', guardianOn: null, skillIds: [] };
const terms = { on: '2026-11-30', leastAge: null, mostAge: null, skillId: null };

it.each([
  ['fits', adult, terms],
  ['fits', adult, { ...terms, skillId: 'cut' }],
  ['skill-wanted', adult, { ...terms, skillId: 'first-aid' }],
  ['age-outside', adult, { ...terms, leastAge: 60 }],
  ['age-outside', adult, { ...terms, mostAge: 30 }],
  ['guardian-wanted', child, terms],
  ['fits', { ...child, guardianOn: '2026-11-01' }, terms],
  ['age-outside', { ...child, guardianOn: '2026-11-01' }, { ...terms, leastAge: 16 }],
] as const)('says %s', (fitness, one, of) => {
  expect(decideFitness(one, of)).toBe(fitness);
});

it('reminds of a shift before it, unless that time is over', () => {
  const startsAt = new Date('2026-11-30T08:00:00.000Z');
  const now = new Date('2026-11-29T07:00:00.000Z');
  expect(reminderOf(startsAt, now, 24)).toEqual(new Date('2026-11-29T08:00:00.000Z'));
  expect(reminderOf(startsAt, startsAt, 24)).toBeNull();
});
