import { newId } from '@ddp/db-kit/ids';
import { expect, it } from 'vitest';
import { findBursts, type Signal } from './watch.ts';

const limits = { burstRatings: 4, burstMinutes: 10, deviceAccounts: 5 };
const subjectId = newId();

/** Ratings of one subject from one network, so many minutes after the hour. */
const at = (...minutes: number[]): Signal[] =>
  minutes.map((minute) => ({
    ...{ ratingId: newId(), subjectId, personId: newId(), device: null, network: 'one' },
    ratedAt: new Date(Date.UTC(2026, 10, 2, 2, minute)),
  }));

it('finds a burst wherever it lies in what is looked at, and the ratings of it alone', () => {
  const signals = at(0, 9, 18, 20, 22, 25, 29, 41, 50);
  const [found, ...others] = findBursts(signals, limits);
  expect(others).toEqual([]);
  expect(found?.ratingIds).toEqual(signals.slice(2, 7).map(({ ratingId }) => ratingId));
});

it('finds none where ratings come evenly, however many they are', () => {
  expect(findBursts(at(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40), limits)).toEqual([]);
});
