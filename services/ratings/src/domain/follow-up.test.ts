import { followUpTermsSchema } from '@ddp/contracts/ratings/follow-ups';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskAbove, firstDeskOf, pathsAbove, roleAt } from './desk.ts';
import {
  type Course,
  deadlineAfter,
  decideDue,
  extendedDeadline,
  nextDueAt,
  openClocks,
} from './follow-up.ts';

const terms = followUpTermsSchema.parse({});
const community = '/1506/150603/150603003/150603003001/';

function openCourse(at: string): Course {
  const clocks = openClocks(new Date(at), terms);
  const rest = { deskPath: community, contactedAt: null, reRateUntil: null };
  return { ...clocks, ...rest, state: 'open' };
}

describe('deadlines', () => {
  it('step over the National Day week and count its made-up Saturday', () => {
    const clocks = openClocks(new Date('2026-09-30T09:00:00+08:00'), terms);
    expect(clocks.acceptBy).toEqual(new Date('2026-10-09T00:00:00+08:00'));
    expect(clocks.contactBy).toEqual(new Date('2026-10-11T00:00:00+08:00'));
    expect(clocks.resolveBy).toEqual(new Date('2026-10-28T00:00:00+08:00'));
    expect(clocks.isCalendarKnown).toBe(true);
  });

  it('count from the day in Shanghai, whatever the hour', () => {
    const early = deadlineAfter(new Date('2026-10-12T00:00:00+08:00'), 1);
    const late = deadlineAfter(new Date('2026-10-12T23:59:59.999+08:00'), 1);
    expect(early).toEqual(late);
    expect(early.at).toEqual(new Date('2026-10-14T00:00:00+08:00'));
  });

  it('say so where they lie beyond the known holidays', () => {
    expect(openClocks(new Date('2031-01-15T09:00:00+08:00'), terms).isCalendarKnown).toBe(false);
  });

  it('are extended by working days from their own last day', () => {
    const { at } = extendedDeadline(new Date('2026-10-28T00:00:00+08:00'), 10);
    expect(at).toEqual(new Date('2026-11-11T00:00:00+08:00'));
  });
});

describe('a missed deadline', () => {
  const later = fc.integer({ min: 0, max: 90 * 86_400_000 });

  it('climbs, and never leaves a deadline that has passed', () => {
    fc.assert(
      fc.property(later, fc.constantFrom('open', 'accepted', 'contacted'), (afterMs, state) => {
        const opened = openCourse('2026-03-02T10:00:00+08:00');
        const contactedAt = state === 'contacted' ? new Date('2026-03-03T10:00:00+08:00') : null;
        const course: Course = { ...opened, state, contactedAt };
        const due = nextDueAt(course);
        if (due === null) throw new Error('it runs');
        const now = new Date(due.getTime() + afterMs);
        const verdict = decideDue(course, now, terms);
        if (verdict.kind !== 'climb') throw new Error(verdict.kind);
        expect(verdict.deskPath).toBe(deskAbove(community));
        const next = nextDueAt({ ...course, ...verdict.clocks, state: 'open' });
        expect(next?.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });

  it('moves no deadline that was kept so far', () => {
    const course = openCourse('2026-03-02T10:00:00+08:00');
    const verdict = decideDue(course, course.acceptBy, terms);
    expect(verdict).toMatchObject({
      kind: 'climb',
      missed: 'accept',
      clocks: { contactBy: course.contactBy, resolveBy: course.resolveBy },
    });
  });

  it('is not missed a moment before, and stays with the city at the top', () => {
    const course = openCourse('2026-03-02T10:00:00+08:00');
    const before = new Date(course.acceptBy.getTime() - 1);
    expect(decideDue(course, before, terms)).toEqual({ kind: 'not-due' });
    const top = { ...course, deskPath: '/1506/' };
    expect(decideDue(top, course.acceptBy, terms)).toMatchObject({ deskPath: '/1506/' });
  });

  it('closes what was resolved once the time to rate the fix is over', () => {
    const reRateUntil = new Date('2026-03-20T00:00:00+08:00');
    const course: Course = {
      ...openCourse('2026-03-02T10:00:00+08:00'),
      state: 'resolved',
      reRateUntil,
    };
    expect(decideDue(course, reRateUntil, terms)).toEqual({ kind: 'close' });
    expect(decideDue({ ...course, state: 'closed' }, reRateUntil, terms).kind).toBe('not-due');
  });
});

describe('a desk', () => {
  it('is the community of a grid, and climbs by levels to the city', () => {
    const desks = [firstDeskOf(`${community}15060300300101/`)];
    for (let above = deskAbove(desks[0] ?? ''); above !== null; above = deskAbove(above)) {
      desks.push(above);
    }
    expect(desks).toEqual([community, '/1506/150603/150603003/', '/1506/150603/', '/1506/']);
    expect(desks.map(roleAt)).toEqual([
      'community-officer',
      'community-officer',
      'banner-officer',
      'city-officer',
    ]);
    expect(pathsAbove(community)).toEqual(desks.toReversed());
  });
});
