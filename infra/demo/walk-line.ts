import { createHash } from 'node:crypto';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import { readMe } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import type { NewBenefit } from '@ddp/contracts/rewards/benefits';
import { enterDraw, listDrawNumbers, openDraw, readDraw } from '@ddp/contracts/rewards/draw-routes';
import {
  cancelRedemption,
  createBenefit,
  createMerchant,
  publishBenefit,
  requestRedemption,
} from '@ddp/contracts/rewards/routes';
import { readVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import {
  acceptWaitingOffer,
  joinWaitingList,
  listMyWaitingPlaces,
} from '@ddp/contracts/rewards/waiting-routes';
import { drawPhone, refusalOf, signInByPhone } from './house.ts';
import { assertSame, until } from './step.ts';
import { followToVoucher, type RedemptionOptions } from './walk-redemption.ts';

const pricePoints = 8;
/** For how long entries are taken: people are quick here. */
const entriesMs = 3_000;

/** J5 where there is too little: who waits gets what is given back, and a draw is open to anybody's eyes. */
export async function walkLine(options: RedemptionOptions): Promise<void> {
  const { step } = options;
  const people = await step('two residents have points to spend', () =>
    Promise.all([newResident(options), newResident(options)]),
  );
  await walkWaitingList(options, people);
  await walkDraw(options, people);
}

type People = readonly [HouseClient, HouseClient];

/** Somebody with points to spend. */
export async function newResident({
  house,
  officer,
  areaCode,
}: RedemptionOptions): Promise<HouseClient> {
  const resident = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
  await resident.call(joinProgramme, { body: { consentVersion } });
  const { personId } = await resident.call(readMe, {});
  const award = { personId, rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  await officer.call(awardPoints, { body: award });
  return resident;
}

/** A benefit of a merchant of its own, approved and published. */
export async function offer(
  { officer, officers, areaCode }: RedemptionOptions,
  terms: Pick<NewBenefit, 'title' | 'stock' | 'allocation'>,
): Promise<string> {
  const approver = officers.find((one) => one !== officer);
  if (!approver) throw new Error('J5 needs two officers');
  const merchant = { name: '河畔剧场', areaCode, ownerName: '图雅', ownerPhone: drawPhone() };
  const { id: merchantId } = await officer.call(createMerchant, { body: merchant });
  const benefit = { kind: 'service' as const, pricePoints, merchantId, payer: 'donated' as const };
  const { id } = await officer.call(createBenefit, { body: { ...terms, ...benefit } });
  const params = { id };
  await officer.call(submitBenefit, { params });
  await approver.call(approveBenefit, { params });
  await officer.call(publishBenefit, { params });
  return id;
}

async function walkWaitingList(options: RedemptionOptions, [first, second]: People): Promise<void> {
  const { step } = options;
  const terms = { title: '周末演出票', stock: 1, allocation: 'waiting-list' as const };
  const benefitId = await step('staff puts a single piece on offer, with a waiting list', () =>
    offer(options, terms),
  );
  const body = { benefitId };
  const taken = await step('the first resident gets it', async () => {
    const { id } = await first.call(requestRedemption, { body });
    await followToVoucher(first, id);
    return id;
  });
  const place = await step('the second is told that it is sold out, and waits', async () => {
    const refused = second.call(requestRedemption, { body });
    assertSame(await refusalOf(refused), 'sold-out', 'a request for what is gone');
    const joined = await second.call(joinWaitingList, { body });
    assertSame(joined.ahead, 0, 'who stands before');
    return joined;
  });
  await step('the first gives it back, and it is set aside for who waits', async () => {
    await first.call(cancelRedemption, { params: { id: taken } });
    await until('the offer', async () => {
      const { items } = await second.call(listMyWaitingPlaces, {});
      return items.find(({ id, state }) => id === place.id && state === 'offered') ?? null;
    });
  });
  await step('who waited accepts, and jobs issue the voucher', async () => {
    const accepted = await second.call(acceptWaitingOffer, { params: { id: place.id } });
    await followToVoucher(second, accepted.id);
  });
}

async function walkDraw(options: RedemptionOptions, people: People): Promise<void> {
  const { house, officer, step } = options;
  const terms = { title: '跨年演出票', stock: 1, allocation: 'draw' as const };
  const [asked] = people;
  const draw = await step('staff opens a draw, and the hash of its seed is public', async () => {
    const benefitId = await offer(options, terms);
    const request = asked.call(requestRedemption, { body: { benefitId } });
    assertSame(await refusalOf(request), 'by-draw', 'a request for what is drawn');
    const { drawPublishedMinutes } = await asked.call(readVoucherSettings, {});
    const until = Date.now() + entriesMs;
    const times = {
      entriesFrom: new Date(Date.now()).toISOString(),
      entriesUntil: new Date(until).toISOString(),
      drawnFrom: new Date(until + drawPublishedMinutes * 60_000).toISOString(),
    };
    return officer.call(openDraw, { body: { benefitId, winners: 1, ...times } });
  });
  const params = { id: draw.id };
  const numbers = await step('residents enter, each under a number of their own', () =>
    Promise.all(
      people.map(async (one) => {
        const { entryNumber } = await one.call(enterDraw, { body: { drawId: draw.id } });
        return entryNumber;
      }),
    ),
  );
  await step(
    'anybody sees the frozen list and recomputes its hash; the seed comes later',
    async () => {
      const anybody = createHouseClient(house.url);
      const frozen = await until('the frozen list', async () => {
        const seen = await anybody.call(readDraw, { params });
        return seen.state === 'frozen' ? seen : null;
      });
      const { items } = await anybody.call(listDrawNumbers, { params });
      const shown = items.map(({ entryNumber }) => entryNumber);
      assertSame(shown, [...numbers].sort(), 'the list');
      const hash = createHash('sha256').update(shown.join('\n')).digest('hex');
      assertSame(frozen.listHash, hash, 'the hash of the list');
      assertSame(frozen.seedHash, draw.seedHash, 'the hash of the seed');
      assertSame(frozen.seed, null, 'the seed before the drawing');
    },
  );
}
