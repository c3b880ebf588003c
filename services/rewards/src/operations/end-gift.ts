import { noticeRequested } from '@ddp/contracts/notices/events';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { endOffer, findOffer, type StoredGift } from '../store/gifts.ts';
import { mustHold } from './must-hold.ts';

type Tx = Transaction<RewardsDatabase>;
export type GiftOutcome = 'refused' | 'taken-back' | 'expired' | 'lapsed';

/** What one side of a gift is told of its end. */
export function giftEnded(personId: string, benefit: string, outcome: GiftOutcome): OutgoingEvent {
  return outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'gift-ended',
    params: { benefit, outcome: `gift-${outcome}` },
  });
}

/** Who is told when an offer ends: who did not end it themselves. */
export function toldOfEnd({ giverId, receiverId }: StoredGift, outcome: GiftOutcome): string {
  return outcome === 'refused' || outcome === 'expired' ? giverId : receiverId;
}

/**
 * Ends the offer of a voucher that is used or ends otherwise, under the lock of its redemption; gives
 * what its receiver is told.
 */
export async function lapseOffer(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Tx,
  redemptionId: string,
): Promise<OutgoingEvent[]> {
  const offer = await findOffer(tx, redemptionId);
  if (!offer) return [];
  mustHold(await endOffer(tx, store.clock, offer.id, 'lapsed'), 'the offer was open');
  return [giftEnded(offer.receiverId, offer.benefitTitle, 'lapsed')];
}
