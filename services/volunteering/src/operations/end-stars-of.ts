import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { endStar, listLiveStars, openStates } from '../store/stars.ts';
import { withdrawStar } from './star-steps.ts';

/** A locked person leaves: what is on the board comes down, and what counted has ended. */
export async function endStarsOf(
  deps: Pick<VolunteeringDeps, 'store'>,
  tx: Transaction<VolunteeringDatabase>,
  personId: string,
  requestId: string,
): Promise<void> {
  const reason = 'person-left';
  for (const star of await listLiveStars(tx, { personId })) {
    const isOpen = openStates.some((state) => state === star.state);
    if (isOpen) await withdrawStar(deps, tx, star, { reason, requestId });
    else await endStar(tx, deps.store.clock, star.id, reason);
  }
}
