import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { decideStars, type StarMove } from '../domain/star.ts';
import { lockPerson } from '../store/people.ts';
import { readRecognition } from '../store/recognition.ts';
import * as dues from '../store/star-due.ts';
import * as stars from '../store/stars.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { appealTimeOf, proposeStar, starNotice, withdrawStar } from './star-steps.ts';

type Tx = Transaction<VolunteeringDatabase>;

const batchSize = 200;

/** Looks at the stars of those whose verified minutes, or whose rules, have changed. */
export async function raiseStars(deps: VolunteeringDeps): Promise<void> {
  const { store, log } = deps;
  const due = await dues.listStarsDue(store.db, store.clock, batchSize);
  for (const one of due) {
    const raise = (tx: Tx) => raiseOne(deps, tx, one);
    await transact(store.db, raise, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, personId: one.personId }, 'stars could not be looked at');
    });
  }
  if (due.length > 0) store.onCommit();
}

async function raiseOne(deps: VolunteeringDeps, tx: Tx, of: dues.OfProgramme): Promise<void> {
  const isHere = await lockPerson(tx, of.personId);
  await dues.clearStarsDue(tx, of);
  const volunteer = isHere ? await findVolunteer(tx, of.personId) : null;
  if (!volunteer) return;
  const rules = await readRecognition(tx, of.programmeId);
  const minutes = await dues.sumVerified(tx, of);
  const live = await stars.listLiveStars(tx, of);
  const { moves, propose } = decideStars(minutes, rules.starHours, live);
  const requestId = `stars-${newId()}`;
  for (const { id, move } of moves) {
    const star = live.find((one) => one.id === id);
    if (star) await moveStar(deps, tx, star, move, requestId);
  }
  if (propose === null) return;
  const { areaPath } = volunteer;
  await proposeStar(deps, tx, { ...of, areaPath, level: propose, minutes }, rules, requestId);
}

async function moveStar(
  deps: VolunteeringDeps,
  tx: Tx,
  star: stars.StoredStar,
  move: StarMove['move'],
  requestId: string,
): Promise<void> {
  const { store } = deps;
  switch (move) {
    case 'withdraw':
      return withdrawStar(deps, tx, star, { reason: 'hours-corrected', requestId });
    case 'notice': {
      const { appealUntil, until } = await appealTimeOf(deps, tx, star);
      await stars.noticeStar(tx, star.id, appealUntil);
      return appendEvents(tx, store, [starNotice(star, 'star-ending', { until })], requestId);
    }
    case 'keep':
      await stars.keepStar(tx, star.id);
      return appendEvents(tx, store, [starNotice(star, 'star-kept')], requestId);
    case 'release':
      await stars.releaseStar(tx, store.clock, star.id, null);
      return;
  }
}

/** Ends stars whose hours are gone and whose time to appeal is over, by the database's clock. */
export async function endStars(deps: VolunteeringDeps): Promise<void> {
  const { store, log } = deps;
  const due = await stars.listDueEndings(store.db, store.clock, batchSize);
  for (const { id, personId } of due) {
    const end = (tx: Tx) => endOne(deps, tx, id, personId);
    await transact(store.db, end, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, starId: id }, 'a star could not end');
    });
  }
  if (due.length > 0) store.onCommit();
}

async function endOne({ store }: VolunteeringDeps, tx: Tx, id: string, personId: string) {
  await lockPerson(tx, personId);
  const star = await stars.findStar(tx, id);
  const now = await readNow(tx, store.clock);
  // An appeal, or hours, that came at the last moment have moved it on.
  const isDue = star?.state === 'ending' && star.appealedAt === null;
  if (!isDue || star.appealUntil === null || star.appealUntil > now) return;
  const isReached = (await dues.sumVerified(tx, star)) >= star.thresholdMinutes;
  if (isReached) await stars.keepStar(tx, id);
  else await stars.endStar(tx, store.clock, id, 'hours-corrected');
  // A lower star may be reached that this one stood for.
  await dues.markStarsDue(tx, store.clock, star);
  const told = starNotice(star, isReached ? 'star-kept' : 'star-ended');
  await appendEvents(tx, store, [told], `stars-${newId()}`);
}
