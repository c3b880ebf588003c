import { CallProblem } from '@ddp/contracts/call';
import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  assistRedemption,
  cancelAssistedRedemption,
  printVoucher,
} from '@ddp/contracts/rewards/assistance-routes';
import { pauseBenefit, resumeBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { changeBudget, createBudget } from '@ddp/contracts/rewards/budget-routes';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import { refuseGift, takeBackGift } from '@ddp/contracts/rewards/gift-routes';
import {
  acceptWaitingOffer,
  joinWaitingList,
  leaveWaitingList,
  listMyWaitingPlaces,
} from '@ddp/contracts/rewards/waiting-routes';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { printedCode } from '../src/domain/printed-code.ts';
import { codeOfStep, stepAt } from '../src/domain/rotating-code.ts';
import { expireGifts } from '../src/operations/expire-gifts.ts';
import { expireRedemptions } from '../src/operations/expire-redemptions.ts';
import { moveWaitingLines } from '../src/operations/move-waiting-lines.ts';
import { resumeRedemptions } from '../src/operations/resume-redemptions.ts';
import { tellEnding } from '../src/operations/tell-ending.ts';
import { findVoucherOfRedemption } from '../src/store/vouchers.ts';
import { countPlaces } from '../src/store/waiting-places.ts';
import { programmeId } from './actors.ts';
import type { House } from './house.ts';

const steps = [
  redemptionRequested,
  redemptionHeld,
  redemptionReserved,
  voucherVerified,
  redemptionReleased,
];
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };
export const startPoints = 40;
export const pricePoints = 5;
export const stock = 2;
const minuteMs = 60_000;

let numbers = 13_300_000_000;

function newNeighbour(house: House) {
  numbers += 1;
  const person = house.newResident({ points: startPoints, standing: 0 });
  house.phones.set(String(numbers), person.personId);
  house.names.set(person.personId, '邻*');
  return { person, phone: String(numbers) };
}

/**
 * A benefit at two merchants out of one budget, three neighbours, staff, and a clock: everything that
 * they can do, in any order. A refusal is an answer; anything else fails the test.
 */
export async function openWorld(house: House): Promise<World> {
  const body = { sponsor: '商会', areaCode: '150603', pointsLimit: 15, centsLimit: null };
  const budget = await house.call(createBudget, { body }, house.officer);
  const { merchant: second } = await house.openShop();
  const { benefit, merchant: first } = await house.offer({
    ...{ budgetId: budget.id, pricePoints, unitValueCents: 100, stock, validDays: 20 },
    ...{ perPersonPerDay: 2, perPersonPerMonth: 3, perPersonInTotal: 4 },
    allocation: 'waiting-list',
    alsoAt: [{ merchantId: second.id, stock }],
  });
  const world = {
    benefitId: benefit.id,
    budgetId: budget.id,
    neighbours: [0, 1, 2].map(() => newNeighbour(house)),
    clerks: new Map([first, second].map(({ id }) => [id, clerkOf(id)])),
    staff: personAs('grid-worker', { areaPaths: ['/1506/150603/'], programmeId }),
    brought: new Set<string>(),
  };
  const opened = { ...world, house };
  // Two of them hold a voucher to begin with, one by the help of staff.
  await acts.ask?.(opened, 0, 0);
  await acts.assist?.(opened, 1, 0);
  await bringAll(opened);
  return opened;
}
export interface World {
  house: House;
  benefitId: string;
  budgetId: string;
  neighbours: ReturnType<typeof newNeighbour>[];
  clerks: Map<string, PersonPrincipal>;
  staff: PersonPrincipal;
  /** Events that need not be brought any more. */
  brought: Set<string>;
}

const clerkOf = (merchantId: string) => personAs('merchant-clerk', { merchantId, areaPaths: [] });

/** One of a list, whatever the number; undefined of none. */
const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** Redemptions of the world in some states, oldest first. */
export async function listRedemptions({ house, benefitId }: World) {
  const { rows } = await sql<{ id: Buffer; state: string; next_at: Date | null }>`SELECT id, state,
    next_at FROM rewards_redemption WHERE benefit_id = ${idToBinary(benefitId)} ORDER BY id`.execute(
    house.db,
  );
  return rows.map((row) => ({ id: binaryToId(row.id), state: row.state, nextAt: row.next_at }));
}

/** How many of those who wait have a piece set aside. */
export async function countOffered({ house, benefitId }: World): Promise<number> {
  return countPlaces(house.db, benefitId, 'offered');
}

async function pickVoucher(world: World, index: number) {
  const issued = (await listRedemptions(world)).filter(({ state }) => state === 'issued');
  const one = pick(issued, index);
  return one ? findVoucherOfRedemption(world.house.db, one.id) : null;
}

const personOf = ({ neighbours }: World, id: string): PersonPrincipal | undefined =>
  neighbours.find(({ person }) => person.personId === id)?.person;

/** Brings one event that waits; some are brought again later. */
async function bring(world: World, index: number, isAgain: boolean): Promise<void> {
  const { house, brought } = world;
  const rows = await house.db
    .selectFrom('rewards_outbox')
    .select(['id', 'event_name', 'payload'])
    .where('consumer', '=', 'rewards')
    .where('state', '<', outboxState.done)
    .orderBy('id')
    .execute();
  const row = pick(
    rows.filter(({ id }) => !brought.has(id.toString('hex'))),
    index,
  );
  const event = steps.find(({ name }) => name === row?.event_name);
  if (!row || !event) return;
  await house.step(event, JSON.parse(row.payload), { eventId: binaryToId(row.id) });
  if (!isAgain) brought.add(row.id.toString('hex'));
}

/** Brings all that waits, and what follows from it, until nothing does. */
export async function bringAll(world: World): Promise<void> {
  for (let before = -1; before !== world.brought.size; ) {
    before = world.brought.size;
    await bring(world, 0, false);
  }
}

export async function sweep({ house }: World): Promise<void> {
  const { deps } = house;
  await expireRedemptions(deps);
  await expireGifts(deps);
  await tellEnding(deps);
  await resumeRedemptions(deps);
  await moveWaitingLines(deps);
}

type Act = (world: World, a: number, b: number) => Promise<unknown>;

const residentActs: Record<string, Act> = {
  ask: (world, a) => world.house.redeem(world.benefitId, neighbour(world, a).person),
  async cancel(world, a, b) {
    const one = pick(await listRedemptions(world), b);
    if (one) await world.house.cancel(one.id, neighbour(world, a).person);
  },
  async offer(world, a, b) {
    const voucher = await pickVoucher(world, a);
    const holder = voucher && personOf(world, voucher.holderId);
    if (holder) await world.house.offerTo(voucher.id, neighbour(world, b).phone, holder);
  },
  async answer(world, a, b) {
    const { house } = world;
    const rows = await house.db
      .selectFrom('rewards_gift')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(3)
      .execute();
    const open = rows.filter(({ state }) => state === 'offered');
    const gift = pick(open.length > 0 ? open : rows, a);
    const receiver = gift && personOf(world, binaryToId(gift.receiver_id));
    const giver = gift && personOf(world, binaryToId(gift.giver_id));
    if (!receiver || !giver) return;
    const params = { id: binaryToId(gift.id) };
    if (b % 4 === 0) await house.call(refuseGift, { params }, receiver);
    else if (b % 4 === 1) await house.call(takeBackGift, { params }, giver);
    else await house.accept(params.id, receiver);
  },
  async wait({ house, benefitId, ...world }, a) {
    const { person } = neighbour(world, a);
    await house.call(joinWaitingList, { body: { benefitId } }, person);
  },
  async take({ house, ...world }, a, b) {
    const { person } = neighbour(world, a);
    const [place] = (await house.call(listMyWaitingPlaces, {}, person)).items;
    const params = { id: place?.id ?? newId() };
    await house.call(b % 4 === 0 ? leaveWaitingList : acceptWaitingOffer, { params }, person);
  },
  erase: (world, a) =>
    world.house.step(personErased, { personId: neighbour(world, a).person.personId }),
};

const merchantActs: Record<string, Act> = {
  async verify(world, a, b) {
    const { house, clerks } = world;
    const voucher = await pickVoucher(world, a);
    const clerk =
      voucher && (b % 5 === 0 ? pick([...clerks.values()], a) : clerks.get(voucher.merchantId));
    if (!clerk) return;
    const keys = house.deps.voucherKeys;
    const step = stepAt(house.clock.now());
    const digits =
      voucher.paperSeal && b % 2 === 0
        ? printedCode(keys.paperSecretOf(voucher.id, voucher.paperSeal))
        : codeOfStep(keys.secretOf(voucher.id, voucher), step);
    await house.verify(`${voucher.voucherNumber}${digits}`, clerk);
  },
  async undo(world, a, b) {
    const { house, clerks } = world;
    const rows = await house.db
      .selectFrom('rewards_verification')
      .select(['id', 'merchant_id'])
      .orderBy('id', 'desc')
      .limit(3)
      .execute();
    const one = pick(rows, a);
    const clerk = one && clerks.get(binaryToId(one.merchant_id));
    if (clerk && b % 5 > 0) await house.undo(binaryToId(one.id), clerk);
  },
};

const staffActs: Record<string, Act> = {
  assist({ house, benefitId, staff, ...world }, a) {
    const { personId } = neighbour(world, a).person;
    return house.call(assistRedemption, { body: { benefitId, personId, consent } }, staff);
  },
  async print(world, a) {
    const voucher = await pickVoucher(world, a);
    if (!voucher) return;
    const params = { id: voucher.redemptionId };
    await world.house.call(printVoucher, { params }, world.staff);
  },
  async cancelForThem(world, a) {
    const one = pick(await listRedemptions(world), a);
    if (!one) return;
    const input = { params: { id: one.id }, body: { consent } };
    await world.house.call(cancelAssistedRedemption, input, world.staff);
  },
  async pause({ house, benefitId }, a) {
    const params = { id: benefitId };
    await house.call(a % 3 === 0 ? pauseBenefit : resumeBenefit, { params }, house.officer);
  },
  async budget({ house, budgetId }, a) {
    const body = { pointsLimit: 10 + 5 * (a % 3), centsLimit: null };
    await house.call(changeBudget, { params: { id: budgetId }, body }, house.officer);
  },
};

const passTime = async (world: World, ms: number) => {
  world.house.clock.advanceMs(ms);
  await sweep(world);
};

const clockActs: Record<string, Act> = {
  async bring(world, a, b) {
    for (let count = 0; count <= b % 3; count += 1) await bring(world, a, b % 4 === 0);
  },
  minutes: (world, a) => passTime(world, (1 + (a % 6)) * minuteMs),
  undoTime: (world) => passTime(world, 11 * minuteMs),
  days: (world, a) => passTime(world, (1 + (a % 4)) * 1_440 * minuteMs),
  async points({ house }, a) {
    Object.assign(house.points.trouble, { isDown: a % 3 === 0, losesAnswers: a % 3 === 1 });
  },
};

export const acts = { ...residentActs, ...merchantActs, ...staffActs, ...clockActs };

function neighbour({ neighbours }: Pick<World, 'neighbours'>, index: number) {
  const one = pick(neighbours, index);
  if (!one) throw new Error('the world is empty');
  return one;
}

/** Does one thing; a refusal of the house, and points that do not answer, are answers too. */
export async function act(world: World, name: string, a: number, b: number): Promise<void> {
  const { trouble } = world.house.points;
  const isTroubled = () => trouble.isDown || trouble.losesAnswers;
  const wasTroubled = isTroubled();
  try {
    await acts[name]?.(world, a, b);
  } catch (error) {
    const isRefused = error instanceof CallProblem && error.document.status < 500;
    // The trouble may have begun beside it.
    if (!isRefused && !wasTroubled && !isTroubled()) throw error;
  }
}
