import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { changeBudget, createBudget } from '@ddp/contracts/rewards/budget-routes';
import {
  redemptionHeld,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { pauseMerchant, resumeMerchant } from '@ddp/contracts/rewards/merchant-routes';
import { withdrawBenefit } from '@ddp/contracts/rewards/routes';
import { voucherSettingsSchema } from '@ddp/contracts/rewards/voucher-settings';
import * as routes from '@ddp/contracts/rewards/waiting-routes';
import { newId } from '@ddp/db-kit/ids';
import { createAuditor } from '@ddp/testing/auditing';
import { personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { moveWaitingLines } from '../src/operations/move-waiting-lines.ts';
import { rewardsInvariants } from '../src/store/audit.ts';
import { saveSettings } from '../src/store/settings.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const dayMs = 86_400_000;
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };
const move = () => moveWaitingLines(house.deps);
const join = (benefitId: string, person: PersonPrincipal, key = newId()) =>
  house.call(routes.joinWaitingList, { body: { benefitId } }, person, key);
const accept = (id: string, person: PersonPrincipal, key = newId()) =>
  house.call(routes.acceptWaitingOffer, { params: { id } }, person, key);
const leave = (id: string, person: PersonPrincipal) =>
  house.call(routes.leaveWaitingList, { params: { id } }, person);
const mine = async (person: PersonPrincipal) =>
  (await house.call(routes.listMyWaitingPlaces, {}, person)).items[0];
const line = (id: string, query = {}, staff = house.officer) =>
  house.call(routes.listWaitingPlaces, { params: { id }, query }, staff);

/** Brings a redemption on as jobs would. */
async function bring(redemptionId: string): Promise<void> {
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId });
  }
}

/** A benefit of which the one piece is taken. */
async function soldOut(fields: Parameters<House['offer']>[0] = {}) {
  const terms = { stock: 1, allocation: 'waiting-list' as const, ...fields };
  const shop = await house.offer(terms);
  const holder = house.newResident();
  const taken = await house.redeem(shop.benefit.id, holder);
  await bring(taken.id);
  const giveUp = () => house.cancel(taken.id, holder);
  return { ...shop, benefitId: shop.benefit.id, holder, redemptionId: taken.id, giveUp };
}

/** Some who wait, in this order. */
async function queue(benefitId: string, length: number) {
  const people = [];
  for (let index = 0; index < length; index += 1) {
    const person = house.newResident();
    people.push({ person, placeId: (await join(benefitId, person)).id });
  }
  return people as [(typeof people)[0], ...typeof people];
}

describe('a waiting list', () => {
  it('is joined by a resident while nothing is left, once, and only where the terms have one', async () => {
    const { benefitId, giveUp } = await soldOut();
    const person = house.newResident();
    const key = newId();
    const place = await join(benefitId, person, key);
    expect(place).toMatchObject({ state: 'waiting', ahead: 0, offeredUntil: null });
    expect(await join(benefitId, person, key)).toEqual(place);
    await expect(join(benefitId, person)).rejects.toMatchObject({ slug: 'waiting-already' });
    expect(await join(benefitId, house.newResident())).toMatchObject({ ahead: 1 });
    const stranger = personAs('resident', { programmeId: newId() });
    await expect(join(benefitId, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(join(benefitId, house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
    await giveUp();
    await move();

    const plain = await soldOut({ allocation: 'first-come' });
    await expect(join(plain.benefitId, person)).rejects.toMatchObject({ slug: 'no-waiting-list' });
    const left = await house.offer({ allocation: 'waiting-list' });
    await expect(join(left.benefit.id, person)).rejects.toMatchObject({ slug: 'still-available' });
    const { holder, benefitId: limited } = await soldOut();
    await expect(join(limited, holder)).rejects.toMatchObject({ slug: 'limit-reached' });
  });

  it('offers what comes back to who stands first, out of the reach of all others', async () => {
    const { benefitId, giveUp, merchant } = await soldOut();
    const [first, second] = await queue(benefitId, 2);
    await giveUp();
    const passer = house.newResident();
    await expect(house.redeem(benefitId, passer)).rejects.toMatchObject({ slug: 'sold-out' });
    await Promise.all([move(), move(), move()]);
    expect(await mine(first.person)).toMatchObject({
      ...{ state: 'offered', ahead: null, merchantName: merchant.name },
      offeredUntil: expect.stringMatching(/^2026-11-1/),
    });
    expect(await mine(second?.person ?? passer)).toMatchObject({ state: 'waiting', ahead: 0 });
    await leave(second?.placeId ?? '', second?.person ?? passer);
    await expect(house.redeem(benefitId, passer)).rejects.toMatchObject({ slug: 'sold-out' });
    await expect(accept(first.placeId, passer)).rejects.toMatchObject({ slug: 'not-found' });

    const key = newId();
    const redemption = await accept(first.placeId, first.person, key);
    expect(await accept(first.placeId, first.person, key)).toEqual(redemption);
    await expect(accept(first.placeId, first.person)).rejects.toMatchObject({ slug: 'offer-over' });
    expect(await house.findBroken()).toEqual([]);
    await bring(redemption.id);
    const issued = await house.read(redemption.id, first.person);
    expect(issued).toMatchObject({ state: 'issued', failure: null });
    expect(await house.listNotices(first.person.personId)).toEqual([
      ...['waiting-offered', 'voucher-issued'],
    ]);
  });

  it('passes on what is declined, lapses or cannot be paid for, and keeps it when it is refused', async () => {
    const { benefitId, giveUp } = await soldOut({ pricePoints: 50 });
    const [declines, sleeps, poor, last] = await queue(benefitId, 4);
    if (!sleeps || !poor || !last) throw new Error('four wait');
    await giveUp();
    await move();
    expect(await leave(declines.placeId, declines.person)).toMatchObject({ state: 'withdrawn' });
    await expect(leave(declines.placeId, declines.person)).rejects.toMatchObject({
      slug: 'offer-over',
    });
    await move();
    expect(await mine(sleeps.person)).toMatchObject({ state: 'offered' });
    house.clock.advanceMs(dayMs - 60_000);
    await move();
    expect(await mine(sleeps.person)).toMatchObject({ state: 'offered' });
    house.clock.advanceMs(60_001);
    await expect(accept(sleeps.placeId, sleeps.person)).rejects.toMatchObject({
      slug: 'offer-over',
    });
    await move();
    expect(await mine(sleeps.person)).toMatchObject({ state: 'lapsed' });
    expect((await house.listNotices(sleeps.person.personId)).at(-1)).toBe('waiting-lapsed');

    house.points.people.set(poor.person.personId, { points: 0, standing: 0 });
    const failing = await accept(poor.placeId, poor.person);
    await bring(failing.id);
    expect(await house.read(failing.id, poor.person)).toMatchObject({ state: 'failed' });
    expect(await house.findBroken()).toEqual([]);
    await move();
    expect(await mine(last.person)).toMatchObject({ state: 'offered' });

    await leave(last.placeId, last.person);
    expect(await line(benefitId)).toMatchObject({ items: [], waiting: 0, offered: 0 });
  });

  it('keeps what is offered for somebody whose acceptance is refused', async () => {
    const { benefitId, giveUp, merchant } = await soldOut({ stock: 2 });
    const other = house.newResident();
    const second = await house.redeem(benefitId, other);
    await bring(second.id);
    const [{ person, placeId }] = await queue(benefitId, 1);
    await giveUp();
    await move();
    await house.cancel(second.id, other);
    const direct = await house.redeem(benefitId, person);
    await expect(accept(placeId, person)).rejects.toMatchObject({ slug: 'limit-reached' });
    expect(await mine(person)).toMatchObject({ state: 'offered' });
    await house.cancel(direct.id, person);
    const pause = { params: { id: merchant.id }, body: { reason: '盘点' } };
    await house.call(pauseMerchant, pause, house.officer);
    await expect(accept(placeId, person)).rejects.toMatchObject({ slug: 'merchant-paused' });
    await house.call(resumeMerchant, { params: { id: merchant.id } }, house.officer);
    const redemption = await accept(placeId, person);
    await house.cancel(redemption.id, person);
    await bring(redemption.id);
    expect(await house.read(redemption.id, person)).toMatchObject({ state: 'cancelled' });
  });

  it('waits for the budget as for stock, and for a merchant that is paused', async () => {
    const limits = { sponsor: '商会', areaCode: '150603', pointsLimit: 8, centsLimit: null };
    const budget = await house.call(createBudget, { body: limits }, house.officer);
    const { benefitId, merchant } = await soldOut({ stock: 3, budgetId: budget.id });
    const [{ person, placeId }] = await queue(benefitId, 1);
    await move();
    expect(await mine(person)).toMatchObject({ state: 'waiting' });
    const pause = { params: { id: merchant.id }, body: { reason: '盘点' } };
    await house.call(pauseMerchant, pause, house.officer);
    const more = { params: { id: budget.id }, body: { pointsLimit: 16, centsLimit: null } };
    await house.call(changeBudget, more, house.officer);
    await move();
    expect(await mine(person)).toMatchObject({ state: 'waiting' });
    await house.call(resumeMerchant, { params: { id: merchant.id } }, house.officer);
    await move();
    await bring((await accept(placeId, person)).id);
    expect(await mine(person)).toMatchObject({ state: 'accepted' });
  });

  it('has as many places as the programme allows, numbered without a gap, whoever comes at once', async () => {
    const set = (waitingMost: number) =>
      saveSettings(
        house.db,
        house.deps.store.clock,
        programmeId,
        voucherSettingsSchema.parse({ undoMinutes: 0, waitingMost }),
      );
    await set(30);
    const { benefitId, giveUp } = await soldOut();
    const answers: unknown[] = [];
    // As many at once as the pool of connections takes.
    for (let wave = 0; wave < 5; wave += 1) {
      const people = Array.from({ length: 20 }, () => house.newResident());
      const joined = people.map((person) =>
        join(benefitId, person).then(
          () => 'joined',
          (error: { slug?: string }) => error.slug,
        ),
      );
      answers.push(...(await Promise.all(joined)));
    }
    expect(answers.filter((one) => one === 'joined')).toHaveLength(30);
    expect(answers.filter((one) => one === 'waiting-list-full')).toHaveLength(70);
    await set(500);
    const page = await line(benefitId, { limit: 20 });
    expect(page).toMatchObject({ waiting: 30, offered: 0 });
    const rest = await line(benefitId, { limit: 20, cursor: page.nextCursor ?? '' });
    const numbers = [...page.items, ...rest.items].map(({ queueNumber }) => queueNumber);
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    await giveUp();
    await Promise.all([move(), move(), move()]);
    expect(await line(benefitId, { limit: 2 })).toMatchObject({
      ...{ waiting: 29, offered: 1 },
      items: [{ queueNumber: 1, state: 'offered' }, { state: 'waiting' }],
    });
  });

  it('is accepted or lapses, never both, when it is accepted as its time ends', async () => {
    const { benefitId, giveUp } = await soldOut();
    const people = await queue(benefitId, 5);
    await giveUp();
    for (const { person, placeId } of people) {
      await move();
      house.clock.advanceMs(dayMs - 10);
      const [answer] = await Promise.allSettled([
        accept(placeId, person),
        leave(placeId, person),
        move(),
        move(),
      ]);
      const state = (await mine(person))?.state;
      expect(state === 'accepted').toBe(answer.status === 'fulfilled');
      expect(['accepted', 'withdrawn', 'lapsed']).toContain(state);
      if (answer.status === 'fulfilled') await house.cancel(answer.value.id, person);
      expect(await house.findBroken()).toEqual([]);
    }
  });

  it('ends with the offer of the benefit and with a person who leaves', async () => {
    const { benefitId, giveUp } = await soldOut();
    const [leaver, next, last] = await queue(benefitId, 3);
    if (!next || !last) throw new Error('three wait');
    await giveUp();
    await move();
    await house.step(personErased, { personId: leaver.person.personId });
    await move();
    expect(await mine(next.person)).toMatchObject({ state: 'offered' });
    const bound = await accept(next.placeId, next.person);
    await house.step(personErased, { personId: next.person.personId });
    await bring(bound.id);
    expect(await house.findBroken()).toEqual([]);
    await house.call(withdrawBenefit, { params: { id: benefitId } }, house.officer);
    await move();
    expect(await mine(last.person)).toMatchObject({ state: 'ended' });
    expect(await house.listNotices(last.person.personId)).toEqual(['waiting-ended']);
    expect(await house.listNotices(leaver.person.personId)).toEqual(['waiting-offered']);
  });

  it('is seen by staff of the area alone, by masked names', async () => {
    const { benefitId } = await soldOut();
    const person = house.newResident();
    house.names.set(person.personId, '乌*');
    await join(benefitId, person);
    expect((await line(benefitId)).items).toMatchObject([{ personName: '乌*', queueNumber: 1 }]);
    expect(JSON.stringify(await line(benefitId))).not.toContain(person.personId);
    const elsewhere = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
    await expect(line(benefitId, {}, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(line(benefitId, {}, person)).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

describe('staff for somebody without a phone', () => {
  const staff = personAs('grid-worker', { areaPaths: ['/1506/150603/'], programmeId });
  const elsewhere = personAs('grid-worker', { areaPaths: ['/1506/150602/'], programmeId });

  it('join, accept and leave with a recorded consent, within their area', async () => {
    const { benefitId, giveUp } = await soldOut();
    const elder = house.newResident();
    house.names.set(elder.personId, '巴*');
    const { personId } = elder;
    const body = { benefitId, personId, consent };
    const assist = (by = staff) => house.call(routes.assistWaiting, { body }, by);
    await expect(assist(elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    const own = { body: { ...body, personId: staff.personId } };
    await expect(house.call(routes.assistWaiting, own, staff)).rejects.toMatchObject({
      slug: 'own-assistance',
    });
    const first = await assist();
    expect(first).toMatchObject({ personId, state: 'waiting', ahead: 0 });
    const params = { id: first.id };
    await expect(
      house.call(routes.leaveAssistedWaiting, { params, body: { consent } }, elsewhere),
    ).rejects.toMatchObject({ slug: 'not-found' });
    await house.call(routes.leaveAssistedWaiting, { params, body: { consent } }, staff);
    const again = await assist();
    const query = { personId };
    const listed = await house.call(routes.listAssistedWaiting, { query }, staff);
    expect(listed.items.map(({ state }) => state)).toEqual(['waiting', 'withdrawn']);
    expect((await house.call(routes.listAssistedWaiting, {}, elsewhere)).items).toEqual([]);
    await giveUp();
    await move();
    const input = { params: { id: again.id }, body: { consent } };
    await expect(house.call(routes.acceptAssistedOffer, input, elsewhere)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const redeemed = await house.call(routes.acceptAssistedOffer, input, staff);
    expect(redeemed).toMatchObject({ personId, isAssisted: true, state: 'requested' });
    await bring(redeemed.id);
    await house.step(personErased, { personId });
  });
});

describe('the audit of waiting lists', () => {
  it('names what is planted', async () => {
    const { benefitId, giveUp } = await soldOut();
    const [{ person, placeId }] = await queue(benefitId, 2);
    await giveUp();
    await move();
    const { auditWith, audit } = createAuditor(
      house.db,
      rewardsInvariants.filter(({ name }) => /^(W|I7)/.test(name)),
    );
    const place = `UPDATE rewards_waiting_place SET`;
    const is = (id: string) => `X'${id.replaceAll('-', '')}'`;
    const of = `WHERE id = ${is(placeId)}`;
    expect(await auditWith(`DELETE FROM rewards_piece WHERE owner_id = ${is(placeId)}`)).toEqual(
      expect.arrayContaining(['W1', 'I7']),
    );
    expect(await auditWith('UPDATE rewards_piece SET redemption_id = id')).toContain('W1');
    expect(await auditWith('UPDATE rewards_piece SET owner_id = id')).toContain('W1');
    expect(await auditWith(`${place} standing_person_id = NULL ${of}`)).toContain('W2');
    expect(await auditWith(`${place} offered_until = NULL ${of}`)).toContain('W2');
    expect(await auditWith(`${place} state = 'accepted' ${of}`)).toContain('W2');
    expect(await auditWith(`${place} queue_number = 9 ${of}`)).toContain('W3');
    await accept(placeId, person);
    const wrong = `${place} offered_until = joined_at - INTERVAL 1 DAY ${of}`;
    expect(await auditWith(wrong)).toContain('W2');
    expect(await auditWith(`${place} person_id = id ${of}`)).toContain('W2');
    const gone = `UPDATE rewards_redemption SET state = 'reserved' WHERE benefit_id = ${is(benefitId)}
      AND state = 'requested'`;
    expect(await auditWith(gone)).toEqual(expect.arrayContaining(['W1', 'I7']));
    expect(await audit()).toEqual([]);
  });
});
