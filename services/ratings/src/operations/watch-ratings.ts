import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { addWorkingDays } from '@ddp/calendar/working-days';
import { ratingsListed } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
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

/**
 * Puts patterns among recent ratings on a list for officers. It changes no rating and penalises nobody;
 * the points of a listed rating wait until somebody has looked, at most five working days.
 */
export async function watchRatings(deps: RatingsDeps): Promise<void> {
  const { store, watchLimits, log } = deps;
  const { db } = store;
  const now = await readNow(db, store.clock);
  const since = (ms: number) => new Date(now.getTime() - ms);
  const yesterday = addDays(civilDateOf(now), -1);
  // Twice the window, so that a burst is seen by the sweep after it at the latest.
  const burstWindow = since(watchLimits.burstMinutes * minuteMs);
  const findings: Finding[] = [
    ...findBursts(await listBurstSignals(db, burstWindow, watchLimits), watchLimits),
    ...findSharedDevices(await listDeviceSignals(db, since(dayMs), watchLimits), watchLimits),
    ...(await findPairs(db, yesterday)),
    ...(await findOwnUnit(db, yesterday)),
  ];
  for (const finding of findings) {
    await list(deps, finding, now).catch((error: unknown) => {
      log.error({ err: error, pattern: finding.pattern }, 'a pattern could not be listed');
    });
  }
  await purgeSignals(db, since(signalDays * dayMs));
}

async function list({ store }: RatingsDeps, finding: Finding, now: Date): Promise<void> {
  const [first] = finding.ratingIds;
  const rating = first === undefined ? null : await findRating(store.db, first);
  if (!rating) return;
  const today = civilDateOf(now);
  const dueAt = startOf(addDays(addWorkingDays(today, decideWithinDays).date, 1));
  const onceKey = caseOnce(finding, today);
  const { pattern } = finding;
  await transact(
    store.db,
    async (tx) => {
      const { areaPath } = rating;
      const found = await openCase(tx, { pattern, onceKey, areaPath, now, dueAt });
      if (found.state !== 'open') return;
      const added = await addToCase(tx, found.id, finding.ratingIds);
      const earners = groupByProgramme(await listEarners(tx, added));
      const until = found.dueAt;
      const events = [...earners].map(([programmeId, ratingIds]) =>
        outgoing(ratingsListed, { programmeId, ratingIds, until }),
      );
      await appendEvents(tx, store, events, newId());
    },
    { isRepeatable: true },
  );
  store.onCommit();
}
