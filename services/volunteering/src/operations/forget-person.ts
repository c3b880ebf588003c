import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { VolunteeringDeps } from '../deps.ts';
import { dropPapersOf } from '../store/certificates.ts';
import { cutTies, lockPerson, markPersonLeft } from '../store/people.ts';
import { lockShift } from '../store/shifts.ts';
import { listLiveSignUps } from '../store/sign-ups.ts';
import { endSubstitutionsOf } from '../store/substitutions.ts';
import { endMembershipsOf } from '../store/teams.ts';
import { giveUpPlace } from './cancel-sign-up.ts';
import { dropOrders } from './drop-orders.ts';
import { endStarsOf } from './end-stars-of.ts';

/** The person left: what is under way ends, and what is over leads to nobody any more. */
export async function forgetPerson(
  { store }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    await lockPerson(tx, personId);
    await markPersonLeft(tx, store.clock, personId);
    await endMembershipsOf(tx, store.clock, personId);
    await endSubstitutionsOf(tx, store.clock, personId);
    for (const { id, shiftId, skillId } of await listLiveSignUps(tx, store.clock, personId)) {
      await lockShift(tx, shiftId);
      const place = { id, shiftId, skillId };
      await giveUpPlace({ store }, tx, place, { to: 'cancelled', requestId: delivery.requestId });
    }
    await dropOrders({ store }, tx, personId, delivery.requestId);
    await endStarsOf({ store }, tx, personId, delivery.requestId);
    await dropPapersOf(tx, personId);
    await cutTies(tx, personId, newId());
  });
}
