import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf, monthOf, parseCivilDate, startOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  acceptGift as acceptRoute,
  refuseGift as refuseRoute,
  takeBackGift as takeBackRoute,
} from '@ddp/contracts/rewards/gift-routes';
import type { Gift } from '@ddp/contracts/rewards/gifts';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { lastDayOf } from '../domain/deadlines.ts';
import {
  countAccepted,
  endOffer,
  findGift,
  markAccepted,
  type StoredGift,
} from '../store/gifts.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { lockResident } from '../store/residents.ts';
import { readSettings } from '../store/settings.ts';
import { handOver } from '../store/vouchers.ts';
import { giftEnded, toldOfEnd } from './end-gift.ts';
import { showGift } from './list-gifts.ts';

type Tx = Transaction<RewardsDatabase>;

/**
 * Takes a voucher that is offered: from now on it is the receiver's alone, under a new secret. It
 * stays in the giver's quota, and counts in what a receiver may accept in a month.
 */
export async function acceptGift(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof acceptRoute>,
): Promise<RouteResult<typeof acceptRoute>> {
  requirePermission('resident', principal);
  const { store, voucherKeys } = deps;
  const person = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'accept-gift', input: params };
  return runCommand(store, command, async (tx) => {
    // Acceptances of one person take turns, so that none goes beyond the limit of the month.
    if (!(await lockResident(tx, person.personId))) throw new Problem(commonProblems.notFound);
    const gift = await lockGift(tx, params.id, 'receiverId', person);
    await refuseBeyondLimit(deps, tx, gift);
    if (!(await markAccepted(tx, store.clock, gift.id)))
      throw new Problem(rewardsProblems.giftOver);
    const hand = { id: gift.voucherId, holderId: person.personId, ...voucherKeys.newSeal() };
    if (!(await handOver(tx, store.clock, hand))) throw new Problem(rewardsProblems.giftOver);
    const benefit = gift.benefitTitle;
    const expiresOn = lastDayOf(gift.voucherExpiresAt);
    const events = [
      outgoing(noticeRequested, {
        audience: { kind: 'person', personId: gift.giverId },
        template: 'gift-accepted',
        params: { benefit },
      }),
      outgoing(noticeRequested, {
        audience: { kind: 'person', personId: gift.receiverId },
        template: 'voucher-issued',
        params: { benefit, expiresOn },
      }),
    ];
    await appendEvents(tx, store, events, person.requestId);
    return readShown(tx, gift.id, person);
  });
}

/** Declines a voucher that is offered; it stays with the giver. */
export function refuseGift(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof refuseRoute>,
): Promise<RouteResult<typeof refuseRoute>> {
  return closeOffer(deps, caller, { id: params.id, by: 'receiverId', outcome: 'refused' });
}

/** Takes an offer back before it is answered. */
export function takeBackGift(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof takeBackRoute>,
): Promise<RouteResult<typeof takeBackRoute>> {
  return closeOffer(deps, caller, { id: params.id, by: 'giverId', outcome: 'taken-back' });
}

async function closeOffer(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  offer: { id: string; by: 'giverId' | 'receiverId'; outcome: 'refused' | 'taken-back' },
): Promise<Gift> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { id, by, outcome } = offer;
  const command = { actor: actorOf(principal), key, name: `gift-${outcome}`, input: { id } };
  return runCommand(store, command, async (tx) => {
    const gift = await lockGift(tx, id, by, person);
    if (!(await endOffer(tx, store.clock, id, outcome))) {
      throw new Problem(rewardsProblems.giftOver);
    }
    const told = giftEnded(toldOfEnd(gift, outcome), gift.benefitTitle, outcome);
    await appendEvents(tx, store, [told], person.requestId);
    return readShown(tx, id, person);
  });
}

/** The gift of one side, under the lock of its redemption; another's looks as if it were not there. */
async function lockGift(
  tx: Tx,
  id: string,
  side: 'giverId' | 'receiverId',
  { personId }: PersonPrincipal,
): Promise<StoredGift> {
  const gift = await findGift(tx, id);
  if (gift?.[side] !== personId) throw new Problem(commonProblems.notFound);
  await lockRedemption(tx, gift.redemptionId);
  return gift;
}

async function refuseBeyondLimit({ store }: RewardsDeps, tx: Tx, gift: StoredGift): Promise<void> {
  const { giftsPerMonth } = await readSettings(tx, gift.programmeId);
  const month = monthOf(civilDateOf(await readNow(tx, store.clock)));
  const since = startOf(parseCivilDate(`${month}-01`));
  if ((await countAccepted(tx, gift, since)) >= giftsPerMonth) {
    throw new Problem(rewardsProblems.giftLimit);
  }
}

async function readShown(tx: Tx, id: string, { personId }: PersonPrincipal): Promise<Gift> {
  const gift = await findGift(tx, id);
  if (!gift) throw new Error('a gift just changed is not there');
  return showGift(gift, personId);
}
