import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RewardsDeps } from '../deps.ts';
import { insertEffect } from '../store/effects.ts';
import { closeApplicationsOf } from '../store/merchants.ts';
import { lockLiveRedemptionsOf, lockUndoableRedemptionsOf } from '../store/redemptions.ts';
import { cutTies, lockResident, markResidentLeft } from '../store/residents.ts';
import { releaseRedemption } from './release-redemption.ts';

/** The person left: what is under way goes back, and what is over leads to nobody any more. */
export async function forgetPerson(
  deps: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { store } = deps;
  const { requestId, payload } = delivery;
  await handleOnce(store, delivery, async (tx) => {
    await lockResident(tx, payload.personId);
    await markResidentLeft(tx, store.clock, payload.personId);
    for (const redemption of await lockLiveRedemptionsOf(tx, payload.personId)) {
      const release = { to: 'cancelled' as const, requestId, isTold: false };
      await releaseRedemption(deps, tx, redemption, release);
    }
    // Who left gets nothing back that a merchant would undo: what was handed out is paid.
    for (const id of await lockUndoableRedemptionsOf(tx, payload.personId)) {
      await insertEffect(tx, store.clock, id, 'final');
    }
    await closeApplicationsOf(tx, payload.personId);
    await cutTies(tx, payload.personId, newId());
  });
}
