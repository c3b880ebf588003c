import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { addWorkingDays } from '@ddp/calendar/working-days';
import { ratingsListed } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { RatingsDeps } from '../deps.ts';
import { caseOnce, type Finding, findBursts, findSharedDevices } from '../domain/watch.ts';
import { addToCase, openCase } from '../store/cases.ts';
import { findRating, groupByProgramme, listEarners } from '../store/ratings.ts';
import {
  findOwnUnit,
  findPairs,
  listBurstSignals,
  listDeviceSignals,
  purgeSignals,
} from '../store/watch.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const signalDays = 30;
const decideWithinDays = 5;
/** One event tells of no more: its consumer takes it in one transaction. */
const ratingsPerEvent = 500;

type Deps = Pick<RatingsDeps, 'store' | 'watchLimits' | 'log'>;

/**
 * Puts patterns among recent ratings on a list for officers. It changes no rating and penalises nobody;
 * the points of a listed rating wait until somebody has looked, at most five working days. Each run
 * goes on where the last one that listed all it found began, so that no burst falls in between.
 */
export function createWatcher(deps: Deps): () => Promise<void> {
  let lookedAtMs = 0;
  return async () => {
    const { store } = deps;
    const now = await readNow(store.db, store.clock);
    const fromMs = Math.max(lookedAtMs, now.getTime() - dayMs);
    const isAllListed = await watchRatings(deps, now, fromMs);
    if (isAllListed) lookedAtMs = now.getTime();
    await purgeSignals(store.db, new Date(now.getTime() - signalDays * dayMs));
  };
}

async function watchRatings(deps: Deps, now: Date, fromMs: number): Promise<boolean> {
  const { store, watchLimits, log } = deps;
  const { db } = store;
  const yesterday = addDays(civilDateOf(now), -1);
  const burstsFrom = new Date(fromMs - watchLimits.burstMinutes * minuteMs);
  const aDayAgo = new Date(now.getTime() - dayMs);
  const findings: Finding[] = [
    ...findBursts(await listBurstSignals(db, burstsFrom, watchLimits), watchLimits),
    ...findSharedDevices(await listDeviceSignals(db, aDayAgo, watchLimits), watchLimits),
    ...(await findPairs(db, yesterday)),
    ...(await findOwnUnit(db, yesterday)),
  ];
  let failures = 0;
  for (const finding of findings) {
    await list(deps, finding, now).catch((error: unknown) => {
      failures += 1;
      log.error({ err: error, pattern: finding.pattern }, 'a pattern could not be listed');
    });
  }
  return failures === 0;
}

async function list({ store }: Deps, finding: Finding, now: Date): Promise<void> {
  const [first] = finding.ratingIds;
  const last = [...finding.ratingIds].sort().at(-1);
  if (first === undefined || last === undefined) return;
  const [rating, newest] = [await findRating(store.db, first), await findRating(store.db, last)];
  if (!rating || !newest) return;
  const today = civilDateOf(now);
  const dueAt = startOf(addDays(addWorkingDays(today, decideWithinDays).date, 1));
  const onceKey = caseOnce(finding, newest.ratedOn);
  const { pattern } = finding;
  await transact(
    store.db,
    async (tx) => {
      const { areaPath } = rating;
      const found = await openCase(tx, { pattern, onceKey, areaPath, now, dueAt });
      if (found.state !== 'open') return;
      const added = await addToCase(tx, found.id, finding.ratingIds);
      const until = found.dueAt;
      const events: OutgoingEvent[] = [];
      for (let from = 0; from < added.length; from += ratingsPerEvent) {
        const some = await listEarners(tx, added.slice(from, from + ratingsPerEvent));
        for (const [programmeId, ratingIds] of groupByProgramme(some)) {
          events.push(outgoing(ratingsListed, { programmeId, ratingIds, until }));
        }
      }
      await appendEvents(tx, store, events, newId());
    },
    { isRepeatable: true },
  );
  store.onCommit();
}
