import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';
import { dropEvidence } from '../store/awards.ts';
import {
  forgetParticipant,
  listParticipationsOf,
  lockParticipation,
} from '../store/participations.ts';
import { endParticipation } from './leave-programme.ts';

/** The person was erased: they leave, words about them go, and the books stay as they are. */
export async function forgetPerson(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  await handleOnce(deps.store, delivery, async (tx) => {
    for (const { id } of await listParticipationsOf(tx, delivery.payload.personId)) {
      const participation = await lockParticipation(tx, id);
      if (participation.leftAt === null) await endParticipation(deps, tx, participation);
      await dropEvidence(tx, id);
      await forgetParticipant(tx, id);
    }
  });
}
