import { subjectChanged } from '@ddp/contracts/directory/events';
import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { listMyHours, listReviews, noteReview } from '@ddp/contracts/volunteering/hour-routes';
import * as orders from '@ddp/contracts/volunteering/order-routes';
import { createSkill } from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, programmeId } from './house.ts';
import { createMenu, hourMs, type Menu } from './menu-world.ts';
import { join, openActivity, shiftIn } from './world.ts';

let house: House;
let menu: Menu;
beforeAll(async () => {
  house = await openHouse();
  menu = createMenu(house);
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const refused = (slug: string) => ({ slug });
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };

/** What staff said for somebody is asked about, by an officer who had no part in it. */
async function callBack(orderId: string, volunteer: PersonPrincipal) {
  const listed = async (by: PersonPrincipal) => {
    const query = { kind: 'assisted' as const, openOnly: 'true' as const };
    const { items } = await house.call(listReviews, { query }, by);
    return items.find((one) => one.orderId === orderId);
  };
  expect(await listed(house.stranger)).toBeUndefined();
  const review = await listed(house.officer);
  expect(review).toMatchObject({ title: '上门理发', activityId: null, outcome: null });
  const note = (by: PersonPrincipal) => {
    const body = { outcome: 'confirmed' as const, words: '电话回访，服务属实' };
    return house.call(noteReview, { params: { id: review?.id ?? '' }, body }, by);
  };
  for (const by of [house.officer, volunteer]) {
    await expect(note(by)).rejects.toMatchObject(refused('own-review'));
  }
  await expect(note(house.stranger)).rejects.toMatchObject(refused('not-found'));
  expect(await note(house.otherOfficer)).toMatchObject({ orderId, outcome: 'confirmed' });
  await expect(note(house.otherOfficer)).rejects.toMatchObject(refused('conflict'));
}

describe('an order', () => {
  it('is placed for a time to come, by who lives there, and not without end', async () => {
    const { item } = await menu.offer();
    const resident = house.newResident();
    const place = (body: ReturnType<Menu['wish']>, by = resident) =>
      house.call(orders.placeOrder, { body }, by);
    const short = place(menu.wish(item.id, 2, 2.5));
    await expect(short).rejects.toMatchObject(refused('times-unfit'));
    await expect(place(menu.wish(item.id, -1, 3))).rejects.toMatchObject(refused('times-unfit'));
    const far = personAs('resident', { areaPaths: ['/1506/150602/'], programmeId });
    house.homes.set(far.personId, '/1506/150602/');
    const elsewhere = place(menu.wish(item.id), far);
    await expect(elsewhere).rejects.toMatchObject(refused('service-not-offered'));
    const made = await Promise.allSettled(
      Array.from({ length: 7 }, () => place(menu.wish(item.id))),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const mine = await house.call(orders.listMyOrders, { query: { limit: 3 } }, resident);
    expect([mine.items.length, typeof mine.nextCursor]).toEqual([3, 'string']);
    const params = { id: mine.items[0]?.id ?? '' };
    const foreign = house.call(orders.cancelOrder, { params }, house.newResident());
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    const cancelled = await house.call(orders.cancelOrder, { params }, resident);
    expect(cancelled).toMatchObject({ state: 'cancelled', place: '***' });
    expect((await place(menu.wish(item.id))).state).toBe('placed');
  });

  it('is taken once, by a member of the team who can and has the time', async () => {
    const body = { name: '剪发' };
    const { id: skillId } = await house.call(createSkill, { body }, house.officer);
    const offered = await menu.offer({ skillId });
    const resident = await house.newVolunteer('1990-05', [skillId]);
    await menu.admit(offered, resident);
    const order = await house.call(
      orders.placeOrder,
      { body: menu.wish(offered.item.id) },
      resident,
    );
    const params = { id: order.id };
    const take = (by: PersonPrincipal, startsAt = menu.inHours(2)) =>
      house.call(orders.takeOrder, { params, body: { startsAt } }, by);
    const open = async (by: PersonPrincipal) =>
      (await house.call(orders.listOpenOrders, {}, by)).items;
    await expect(take(resident)).rejects.toMatchObject(refused('not-found'));
    expect(await open(resident)).toEqual([]);
    const outsider = await house.newVolunteer('1990-05', [skillId]);
    await expect(take(outsider)).rejects.toMatchObject(refused('not-found'));
    expect(await open(outsider)).toEqual([]);
    await expect(take(offered.leader)).rejects.toMatchObject(refused('skill-wanted'));
    const child = await house.newVolunteer('2012-01', [skillId]);
    await menu.admit(offered, child);
    await expect(take(child)).rejects.toMatchObject(refused('adult-wanted'));
    await menu.admit(offered, outsider);
    const [seen] = await open(outsider);
    expect(seen).toMatchObject({ id: order.id, state: 'placed' });
    expect(JSON.stringify(seen)).not.toContain('501');
    await expect(take(outsider, menu.inHours(5.5))).rejects.toMatchObject(refused('times-unfit'));
    const { shift } = await openActivity(house, [shiftIn(house, 2)]);
    await join(house, shift.id, outsider);
    await expect(take(outsider)).rejects.toMatchObject(refused('overlapping-shift'));
    const rival = await house.newVolunteer('1990-05', [skillId]);
    await menu.admit(offered, rival);
    const racing = await Promise.allSettled([take(rival), take(outsider, menu.inHours(4.5))]);
    expect(racing.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = racing[0]?.status === 'fulfilled' ? rival : outsider;
    const [service] = (await house.call(orders.listMyServices, {}, winner)).items;
    expect(service).toMatchObject({ place: '3 号楼 2 单元 501', personName: '乌*' });
    const back = await house.call(orders.giveOrderBack, { params }, winner);
    expect(back).toMatchObject({ state: 'placed', startsAt: null });
    expect(await open(winner)).toHaveLength(1);
  });

  it('keeps the one who took it from a shift at that time', async () => {
    const { leader } = await menu.takenOrder();
    const { shift } = await openActivity(house, [shiftIn(house, 2)]);
    const busy = join(house, shift.id, leader);
    await expect(busy).rejects.toMatchObject(refused('overlapping-shift'));
  });

  it('begins with the code at the door, in its time, and five wrong ones are enough', async () => {
    const { params, leader, resident, order } = await menu.takenOrder();
    expect(order.arrivalCode).toBeNull();
    const codeOf = async () =>
      (await house.call(orders.listMyOrders, {}, resident)).items[0]?.arrivalCode ?? '';
    const first = await codeOf();
    const arrive = (code: string, by = leader, key = newId()) =>
      house.call(orders.arriveAtOrder, { params, body: { code } }, by, key);
    await expect(arrive(first)).rejects.toMatchObject(refused('times-unfit'));
    house.clock.advanceMs(2 * hourMs);
    const wrong = first === '000000' ? '000001' : '000000';
    const key = newId();
    for (let time = 0; time < 2; time += 1) {
      await expect(arrive(wrong, leader, key)).rejects.toMatchObject(refused('wrong-arrival-code'));
    }
    for (let time = 0; time < 4; time += 1) {
      await expect(arrive(wrong)).rejects.toMatchObject(refused('wrong-arrival-code'));
    }
    await expect(arrive(first)).rejects.toMatchObject(refused('too-many-arrival-codes'));
    const other = arrive(first, await house.newVolunteer());
    await expect(other).rejects.toMatchObject(refused('not-found'));
    await house.call(orders.renewArrivalCode, { params }, resident);
    const second = await codeOf();
    expect(second).not.toBe(first);
    await expect(arrive(first)).rejects.toMatchObject(refused('wrong-arrival-code'));
    expect((await arrive(second)).state).toBe('arrived');
    expect(await codeOf()).toBe('');
    const late = house.call(orders.cancelOrder, { params }, resident);
    await expect(late).rejects.toMatchObject(refused('conflict'));
  });

  it('is confirmed by both sides, and then rated once by who ordered it', async () => {
    const { params, leader, resident, finished } = await menu.finishedOrder();
    const soon = await menu.arrivedOrder();
    const none = house.call(orders.finishOrder, { params: soon.params }, soon.leader);
    await expect(none).rejects.toMatchObject(refused('times-unfit'));
    expect(finished).toMatchObject({ state: 'finished', minutes: 50 });
    // The last day ends at midnight in Asia/Shanghai.
    expect(finished.dueAt).toMatch(/T16:00:00\.000Z$/);
    const waitsMs = Date.parse(finished.dueAt ?? '') - Date.parse(finished.finishedAt ?? '');
    expect(waitsMs).toBeGreaterThan(7 * 24 * hourMs);
    expect(waitsMs).toBeLessThanOrEqual(8 * 24 * hourMs);
    const right = () => house.call(orders.readOrderRight, { params }, resident);
    await expect(right()).rejects.toMatchObject(refused('nothing-to-rate'));
    const byVolunteer = house.call(orders.confirmOrder, { params }, leader);
    await expect(byVolunteer).rejects.toMatchObject(refused('not-found'));
    const confirmed = await house.call(orders.confirmOrder, { params }, resident);
    expect(confirmed).toMatchObject({ state: 'confirmed', minutes: 50, place: '***' });
    const hours = await house.call(listMyHours, {}, leader);
    expect(hours).toMatchObject({ verifiedMinutes: 50, items: [{ id: params.id, minutes: 50 }] });
    await expect(right()).rejects.toMatchObject(refused('nothing-to-rate'));
    const subjectId = newId();
    const subject = {
      ...{ id: subjectId, kind: 'volunteer' as const, name: '志愿者', title: '' },
      ...{ unitId: null, unitName: null, areaName: '康巴什区', areaPath: '/1506/150603/' },
      ...{ personId: leader.personId, programmeId, isActive: true, version: 1 },
    };
    house.subjects.set(subjectId, subject);
    await house.deliver('volunteering', {
      ...{ eventId: newId(), eventName: subjectChanged.name, producer: 'directory' },
      ...{ requestId: 'test', payload: { subjectId } },
    });
    const minted = await eventually(() => right().catch(() => null));
    expect(await right()).toEqual(minted);
    expect(
      [...house.rights.values()].filter((one) => JSON.stringify(one).includes(subjectId)),
    ).toEqual([
      {
        ...{ subjectId, personId: resident.personId, sourceId: params.id },
        expiresInHours: 168,
      },
    ]);
    const other = house.call(orders.readOrderRight, { params }, leader);
    await expect(other).rejects.toMatchObject(refused('not-found'));
    house.clock.advanceMs(169 * hourMs);
    await expect(right()).rejects.toMatchObject(refused('nothing-to-rate'));
  });

  it('is disputed, and an officer without a part in it decides, never for more', async () => {
    const { params, resident, leader } = await menu.finishedOrder(5 * hourMs);
    const body = { reason: '只来了半小时' };
    const disputed = await house.call(orders.objectToOrder, { params, body }, resident);
    expect(disputed).toMatchObject({ state: 'disputed', minutes: 120, dueAt: null });
    const decide = (minutes: number, by = house.officer) =>
      house.call(orders.decideOrder, { params, body: { minutes, reason: '双方核实' } }, by);
    await expect(decide(30, house.stranger)).rejects.toMatchObject(refused('not-found'));
    await expect(decide(121)).rejects.toMatchObject(refused('minutes-unfit'));
    const party = { ...house.officer, personId: leader.personId };
    await expect(decide(30, party)).rejects.toMatchObject(refused('own-activity'));
    expect(await decide(30)).toMatchObject({ state: 'confirmed', minutes: 30 });
    expect((await house.call(listMyHours, {}, leader)).verifiedMinutes).toBe(30);
    await expect(decide(30)).rejects.toMatchObject(refused('conflict'));
    const nothing = await menu.finishedOrder();
    const again = { params: nothing.params };
    await house.call(orders.objectToOrder, { ...again, body }, nothing.resident);
    const none = { ...again, body: { minutes: 0, reason: '没有上门' } };
    const answered = await house.call(orders.decideOrder, none, house.officer);
    expect(answered.state).toBe('refused');
  });

  it('ends by itself: untaken, not come to, not finished, not confirmed', async () => {
    const { item } = await menu.offer();
    const placed = await house.call(
      orders.placeOrder,
      { body: menu.wish(item.id) },
      house.newResident(),
    );
    const missed = await menu.takenOrder();
    const there = await menu.arrivedOrder();
    const stateOf = async (id: string) => {
      const { items } = await house.call(
        orders.listOrders,
        { query: { limit: 100 } },
        house.officer,
      );
      return items.find((one) => one.id === id);
    };
    house.clock.advanceMs(7 * hourMs);
    const reached = (id: string, state: string) =>
      eventually(async () => (await stateOf(id))?.state === state);
    await reached(placed.id, 'expired');
    await reached(missed.order.id, 'missed');
    await reached(there.order.id, 'finished');
    expect((await stateOf(there.order.id))?.minutes).toBe(60);
    house.clock.advanceMs(8 * 24 * hourMs);
    await reached(there.order.id, 'unconfirmed');
    const late = house.call(orders.confirmOrder, { params: there.params }, there.resident);
    await expect(late).rejects.toMatchObject(refused('conflict'));
  });

  it('is placed, shown and confirmed by staff for who has no phone', async () => {
    const offered = await menu.offer();
    const personId = newId();
    const body = { ...menu.wish(offered.item.id), personId, consent };
    const foreign = house.call(orders.assistOrder, { body }, house.stranger);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    const order = await house.call(orders.assistOrder, { body }, house.officer);
    expect(order).toMatchObject({ state: 'placed', isAssisted: true, personId });
    const params = { id: order.id };
    const taking = { params, body: { startsAt: menu.inHours(2) } };
    await house.call(orders.takeOrder, taking, offered.leader);
    const renewed = await house.call(orders.renewAssistedCode, { params }, house.officer);
    house.clock.advanceMs(2 * hourMs);
    const code = renewed.arrivalCode ?? '';
    await house.call(orders.arriveAtOrder, { params, body: { code } }, offered.leader);
    house.clock.advanceMs(hourMs);
    await house.call(orders.finishOrder, { params }, offered.leader);
    const step = { params, body: { consent } };
    const asVolunteer = { ...house.officer, personId: offered.leader.personId };
    const self = house.call(orders.confirmAssistedOrder, step, asVolunteer);
    await expect(self).rejects.toMatchObject(refused('not-found'));
    const confirmed = await house.call(orders.confirmAssistedOrder, step, house.officer);
    expect(confirmed).toMatchObject({ state: 'confirmed', minutes: 60 });
    await callBack(order.id, { ...house.officer, personId: offered.leader.personId });
    const second = await house.call(
      orders.assistOrder,
      { body: { ...menu.wish(offered.item.id), personId, consent } },
      house.officer,
    );
    const giveUp = { params: { id: second.id }, body: { consent } };
    const given = await house.call(orders.cancelAssistedOrder, giveUp, house.otherOfficer);
    expect(given.state).toBe('cancelled');
  });

  it('leads to nobody who left, and what they were to come to is open again', async () => {
    const { params, leader, resident, team, order } = await menu.takenOrder();
    const stay = await house.newVolunteer();
    await menu.admit({ team, leader }, stay);
    const erase = (personId: string) =>
      house.deliver('volunteering', {
        ...{ eventId: newId(), eventName: personErased.name, producer: 'identity' },
        ...{ requestId: 'test', payload: { personId } },
      });
    await erase(leader.personId);
    const open = await eventually(async () => {
      const { items } = await house.call(orders.listOpenOrders, {}, stay);
      return items.find(({ id }) => id === order.id);
    });
    expect(open.state).toBe('placed');
    const body = { startsAt: menu.inHours(2) };
    await house.call(orders.takeOrder, { params, body }, stay);
    await erase(resident.personId);
    const seen = await eventually(async () => {
      const { items } = await house.call(orders.listMyServices, {}, stay);
      return items[0]?.state === 'cancelled' && items[0];
    });
    expect(seen).toMatchObject({ place: '***', personName: '***' });
  });
});

describe('a fault that is planted', () => {
  it.each([
    ['V44', 'UPDATE volunteering_review SET order_id = NULL WHERE order_id IS NOT NULL LIMIT 1'],
    ['V44', 'UPDATE volunteering_review SET object_id = UNHEX(MD5(1)) LIMIT 1'],
    ['V20', 'UPDATE volunteering_menu_item SET decided_by = proposed_by'],
    ['V21', "UPDATE volunteering_order SET due_at = NULL WHERE state = 'taken'"],
    ['V21', "UPDATE volunteering_order SET place = '501' WHERE state = 'confirmed'"],
    ['V22', 'UPDATE volunteering_order SET minutes = 121 WHERE minutes IS NOT NULL'],
    ['V22', 'DELETE FROM volunteering_hours WHERE id IN (SELECT id FROM volunteering_order)'],
    ['V22', "UPDATE volunteering_order SET arrived_at = NULL WHERE state = 'confirmed'"],
    [
      'V23',
      `UPDATE volunteering_order SET volunteer_id = UNHEX(REPEAT('1', 32)),
        live_volunteer_id = UNHEX(REPEAT('1', 32)) WHERE state = 'taken'`,
    ],
  ])('is named %s', async (name, fault) => {
    await menu.takenOrder();
    const named = await house.auditWith(fault);
    expect(named).toContain(name);
  });
});
