import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';
import { dropWords } from '../store/awards.ts';
import { dropSources } from '../store/earnings.ts';
import { forgetParticipant, lockParticipationsOf } from '../store/participations.ts';
import { cutTies, lockResident, markResidentErased } from '../store/residents.ts';
import { endParticipations } from './leave-programme.ts';

/**
 * The person was erased: they leave, words about them go, nothing leads to them any more, and the
 * books stay as they are.
 */
export async function forgetPerson(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { store } = deps;
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    await lockResident(tx, personId);
    await markResidentErased(tx, store.clock, personId);
    const participations = await lockParticipationsOf(tx, personId);
    const inForce = participations.filter(({ leftAt }) => leftAt === null);
    await endParticipations(deps, tx, inForce, delivery.requestId);
    for (const { id } of participations) {
      await dropWords(tx, id);
      await dropSources(tx, id);
      await forgetParticipant(tx, id);
    }
    await cutTies(tx, personId);
  });
}
