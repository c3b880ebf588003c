import type { PayloadOf } from '@ddp/contracts/event';
import type {
  entryClosed,
  entryPosted,
  objectionAnswered,
  objectionSubmitted,
} from '@ddp/contracts/notices/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { lockPerson } from '../store/people.ts';
import { sumVerified } from '../store/star-due.ts';
import * as stars from '../store/stars.ts';
import { appealTimeOf, starNotice, starRefOf, withdrawStar } from './star-steps.ts';

type Tx = Transaction<VolunteeringDatabase>;
type OfEntry = Delivery<{ entryId: string; subjectRef: string }>;

/** The star of an entry, its person locked; null for entries about something else. */
async function lockStarOf(tx: Tx, { payload }: OfEntry): Promise<stars.StoredStar | null> {
  if (payload.subjectRef !== starRefOf(payload.entryId)) return null;
  const star = await stars.findStar(tx, payload.entryId);
  if (!star) return null;
  await lockPerson(tx, star.personId);
  return stars.findStar(tx, star.id);
}

/** The entry is up: the star's days on the board begin. */
export async function noteStarPosting(
  { store }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof entryPosted>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const star = await lockStarOf(tx, delivery);
    if (star) await stars.markStarPublished(tx, star.id, delivery.payload);
  });
}

export async function noteStarObjection(
  { store }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof objectionSubmitted>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const star = await lockStarOf(tx, delivery);
    if (star) await stars.countStarObjection(tx, star.id, 1, null);
  });
}

export async function noteStarAnswer(
  { store }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof objectionAnswered>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    const star = await lockStarOf(tx, delivery);
    if (star) await stars.countStarObjection(tx, star.id, -1, delivery.payload.answeredBy);
  });
}

/**
 * The entry has ended. Only here a star begins to count, and the board says so only of an entry that
 * readers could see for its whole time; its hours have to be there still.
 */
export async function settleStarEntry(
  deps: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof entryClosed>>,
): Promise<void> {
  await handleOnce(deps.store, delivery, async (tx) => {
    const star = await lockStarOf(tx, delivery);
    if (!star || !stars.openStates.some((state) => state === star.state)) return;
    const { payload, requestId } = delivery;
    switch (payload.outcome) {
      case 'unopposed':
      case 'objections-rejected':
        if (star.reference === null || star.state === 'objected') {
          throw new Error(`the entry ${star.id} closed before it was told to be up: tried again`);
        }
        return grantStar(deps, tx, star, requestId);
      case 'objection-upheld':
        return refuseStar(deps, tx, star, requestId);
      case 'withdrawn':
        return withdrawStar(deps, tx, star, { reason: 'entry-withdrawn', requestId });
    }
  });
}

async function grantStar(
  deps: VolunteeringDeps,
  tx: Tx,
  star: stars.StoredStar,
  requestId: string,
): Promise<void> {
  const { store } = deps;
  if ((await sumVerified(tx, star)) < star.thresholdMinutes) {
    return withdrawStar(deps, tx, star, { reason: 'hours-corrected', requestId });
  }
  await stars.activateStar(tx, store.clock, star.id);
  await appendEvents(tx, store, [starNotice(star, 'star-granted')], requestId);
}

async function refuseStar(
  deps: VolunteeringDeps,
  tx: Tx,
  star: stars.StoredStar,
  requestId: string,
): Promise<void> {
  const { appealUntil, until } = await appealTimeOf(deps, tx, star);
  await stars.refuseStar(tx, star.id, appealUntil);
  await appendEvents(tx, deps.store, [starNotice(star, 'star-refused', { until })], requestId);
}
