import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { cutAssistanceTies } from '../store/assistances.ts';
import { insertEffect } from '../store/effects.ts';
import { cutGiftTies, endOffer, listOffersTo } from '../store/gifts.ts';
import { cutLineTies } from '../store/line-consents.ts';
import { closeApplicationsOf } from '../store/merchants.ts';
import {
  lockGivenRedemptions,
  lockLiveRedemptionsOf,
  lockRedemption,
  lockUndoableRedemptionsOf,
} from '../store/redemptions.ts';
import { cutTies, lockResident, markResidentLeft } from '../store/residents.ts';
import { giftEnded } from './end-gift.ts';
import { leaveLines } from './leave-lines.ts';
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
    await leaveLines(deps, tx, payload.personId, requestId);
    for (const redemption of await lockLiveRedemptionsOf(tx, payload.personId)) {
      const release = { to: 'cancelled' as const, requestId, leaverId: payload.personId };
      await releaseRedemption(deps, tx, redemption, release);
    }
    await returnGifts(deps, tx, payload.personId, requestId);
    // Who left gets nothing back that a merchant would undo: what was handed out is paid.
    for (const id of await lockUndoableRedemptionsOf(tx, payload.personId)) {
      await insertEffect(tx, store.clock, id, 'final');
    }
    await closeApplicationsOf(tx, payload.personId);
    const standInId = newId();
    await cutAssistanceTies(tx, payload.personId, standInId);
    await cutLineTies(tx, payload.personId, standInId);
    await cutGiftTies(tx, payload.personId, standInId);
    await cutTies(tx, payload.personId, standInId);
  });
}

/** What others gave to the person goes back to them as points, and what they offered stays theirs. */
async function returnGifts(
  deps: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  personId: string,
  requestId: string,
): Promise<void> {
  const { store } = deps;
  for (const redemption of await lockGivenRedemptions(tx, personId)) {
    const release = { to: 'cancelled' as const, requestId, leaverId: personId };
    await releaseRedemption(deps, tx, redemption, release);
  }
  for (const offer of await listOffersTo(tx, personId)) {
    await lockRedemption(tx, offer.redemptionId);
    if (!(await endOffer(tx, store.clock, offer.id, 'lapsed'))) continue;
    const told = giftEnded(offer.giverId, offer.benefitTitle, 'refused');
    await appendEvents(tx, store, [told], requestId);
  }
}
