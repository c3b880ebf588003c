import { describe, expect, it } from 'vitest';
import { decideSubstitution } from './substitution.ts';

const post = { personId: 'a', fromOn: '2026-01-01', toOn: '2026-12-31', substituteFor: null };
const asked = { personId: 'b', fromOn: '2026-03-01', toOn: '2026-03-10' };

describe('standing in for somebody', () => {
  it('is allowed within the post, also on the days before and after another substitution', () => {
    const others = [
      { fromOn: '2026-02-01', toOn: '2026-02-28' },
      { fromOn: '2026-03-11', toOn: '2026-03-12' },
    ];
    expect(decideSubstitution(post, asked, others)).toBeNull();
    expect(decideSubstitution({ ...post, toOn: null }, asked, [])).toBeNull();
  });

  it.each([
    [
      'a period that ends before it begins',
      post,
      { ...asked, toOn: '2026-02-28' },
      'post-period-invalid',
    ],
    ['the holder', post, { ...asked, personId: 'a' }, 'is-holder'],
    ['days before the post', { ...post, fromOn: '2026-03-02' }, asked, 'outside'],
    ['days after the post', { ...post, toOn: '2026-03-09' }, asked, 'outside'],
    ['a substitution of a substitution', { ...post, substituteFor: 'x' }, asked, 'outside'],
  ])('is refused for %s', (_what, one, period, refusal) => {
    expect(decideSubstitution(one, period, [])).toBe(refusal);
  });

  it.each([
    ['2026-02-20', '2026-03-01'],
    ['2026-03-10', '2026-03-20'],
    ['2026-03-02', '2026-03-03'],
    ['2026-01-01', null],
  ])('is refused where somebody does so from %s to %s', (fromOn, toOn) => {
    expect(decideSubstitution(post, asked, [{ fromOn, toOn }])).toBe('overlaps');
  });
});
