import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { CallProblem } from '@ddp/contracts/call';
import { lookUpPerson } from '@ddp/contracts/identity/routes';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { offerGift as route } from '@ddp/contracts/rewards/gift-routes';
import type { Gift } from '@ddp/contracts/rewards/gifts';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { offerEnd } from '../domain/deadlines.ts';
import { addTry, limitOfOffers, waitOfTries } from '../domain/try-limits.ts';
import { countOffers, findGift, findOffer, insertGift } from '../store/gifts.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { lockResident } from '../store/residents.ts';
import { readSettings } from '../store/settings.ts';
import { lockTries, writeTries } from '../store/tries.ts';
import { findVoucherOf, type Voucher } from '../store/vouchers.ts';
import { showGift } from './list-gifts.ts';
import { readMaskedName } from './read-masked-name.ts';

type Tx = Transaction<RewardsDatabase>;

/** A relative may mistype a number twice; more offers of one voucher would pester people. */
const mostOffers = 3;

interface Giver {
  personId: string;
  name: string;
}
type Receiver = { personId: string; maskedPhone: string };

/**
 * Offers a voucher to the resident of a number. An unknown number is an answer that is kept, so that
 * its try counts; the voucher is looked at before, so that nobody learns of numbers without one.
 */
export async function offerGift(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const receiver = await findReceiver(deps, body.phone, requestId);
  if (receiver?.personId === personId) throw givesToThemselves();
  const giver = { personId, name: await readMaskedName(deps, personId, requestId) };
  // The number stays out of the hash of the request, which would give it away.
  const input = { ...params, receiverId: receiver?.personId ?? null };
  const command = { actor: actorOf(principal), key, name: 'offer-gift', input };
  const gift = await runCommand(deps.store, command, async (tx): Promise<Gift | null> => {
    await countOffer(deps, tx, personId);
    // Both at once and in order: offers of two people to each other must not wait for each other.
    const people = [personId, ...(receiver ? [receiver.personId] : [])].sort();
    const present = new Map<string, boolean>();
    for (const one of people) present.set(one, await lockResident(tx, one));
    const voucher = await lockGiveable(deps, tx, params.id, personId);
    if (!receiver || !present.get(receiver.personId)) return null;
    return writeOffer(deps, tx, { voucher, giver, receiver }, requestId);
  });
  if (!gift) throw new Problem(rewardsProblems.noSuchReceiver);
  return gift;
}

async function findReceiver(
  { caller }: RewardsDeps,
  phone: string,
  requestId: string,
): Promise<Receiver | null> {
  try {
    const { id, maskedPhone } = await caller.call(lookUpPerson, { body: { phone } }, { requestId });
    return { personId: id, maskedPhone: maskedPhone ?? '' };
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) return null;
    throw error;
  }
}

async function countOffer({ store }: RewardsDeps, tx: Tx, personId: string): Promise<void> {
  const limits = [limitOfOffers(personId)];
  const { tries, now } = await lockTries(tx, store.clock, limits);
  const retryAfterSeconds = waitOfTries(limits, tries, now);
  if (retryAfterSeconds !== null) {
    throw new Problem(rewardsProblems.tooManyTries, { retryAfterSeconds });
  }
  await writeTries(tx, addTry(limits, tries, now));
}

/** The person's own voucher under the lock of its redemption, while it is good and was never given. */
async function lockGiveable(
  { store }: RewardsDeps,
  tx: Tx,
  voucherId: string,
  personId: string,
): Promise<Voucher> {
  const seen = await findVoucherOf(tx, voucherId, personId);
  if (!seen) throw new Problem(commonProblems.notFound);
  const redemption = await lockRedemption(tx, seen.redemptionId);
  const voucher = await findVoucherOf(tx, voucherId, personId);
  const now = await readNow(tx, store.clock);
  const isGiveable =
    voucher?.state === 'issued' && voucher.expiresAt > now && redemption?.personId === personId;
  if (!isGiveable || (await findOffer(tx, seen.redemptionId))) {
    throw new Problem(rewardsProblems.cannotGive);
  }
  return voucher;
}

async function writeOffer(
  { store }: RewardsDeps,
  tx: Tx,
  { voucher, giver, receiver }: { voucher: Voucher; giver: Giver; receiver: Receiver },
  requestId: string,
): Promise<Gift> {
  const offered = await countOffers(tx, voucher.id);
  if (offered >= mostOffers) throw new Problem(rewardsProblems.cannotGive);
  const { giftHours } = await readSettings(tx, voucher.programmeId);
  const now = await readNow(tx, store.clock);
  const offerEndsAt = offerEnd(now, giftHours, voucher.expiresAt);
  const { programmeId, redemptionId } = voucher;
  const id = newId();
  await insertGift(tx, store.clock, {
    ...{ id, programmeId, redemptionId, offerEndsAt, attempt: offered + 1 },
    voucherId: voucher.id,
    giverId: giver.personId,
    giverName: giver.name,
    receiverId: receiver.personId,
    receiverPhone: receiver.maskedPhone,
  });
  const notice = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: receiver.personId },
    template: 'gift-offered',
    params: { benefit: voucher.benefitTitle, until: civilDateOf(offerEndsAt) },
  });
  await appendEvents(tx, store, [notice], requestId);
  const written = await findGift(tx, id);
  if (!written) throw new Error('the gift just written is not there');
  return showGift(written, giver.personId);
}

function givesToThemselves(): Problem {
  const message = { zh: '不能转赠给自己', en: 'nobody gives to themselves' };
  return new Problem(commonProblems.invalidRequest, { errors: [{ pointer: '/phone', message }] });
}
