import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { listEnteredOf, moveEntry } from '../store/draw-entries.ts';
import { lockDraw } from '../store/draws.ts';
import { listStandingOf, lockPlace } from '../store/waiting-places.ts';
import { endPlace } from './answer-waiting-offer.ts';

/**
 * Takes a person who left out of every line. What is set aside for them goes to the next; a frozen
 * list of a draw stays as it was published, and the entry is passed by.
 */
export async function leaveLines(
  deps: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  personId: string,
  requestId: string,
): Promise<void> {
  for (const id of await listStandingOf(tx, personId)) {
    const place = await lockPlace(tx, id);
    if (place) await endPlace(deps, tx, place, 'withdrawn', requestId);
  }
  for (const { id, drawId } of await listEnteredOf(tx, personId)) {
    const draw = await lockDraw(tx, drawId);
    await moveEntry(tx, id, { state: draw?.state === 'open' ? 'withdrawn' : 'passed' });
  }
}
