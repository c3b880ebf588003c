import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { CodesDeps } from '../deps.ts';
import { deletePlaceUsesOf } from '../store/place-codes.ts';
import { deleteCardsOf } from '../store/resident-cards.ts';

/** The person left: no card and no use of a place's code names them any more. */
export async function forgetPerson(
  { store }: CodesDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    await deleteCardsOf(tx, personId);
    await deletePlaceUsesOf(tx, personId);
  });
}
