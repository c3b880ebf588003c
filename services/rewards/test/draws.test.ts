import { principalHeader } from '@ddp/auth/principal-token';
import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { printVoucher } from '@ddp/contracts/rewards/assistance-routes';
import { readBenefit } from '@ddp/contracts/rewards/benefit-routes';
import * as routes from '@ddp/contracts/rewards/draw-routes';
import {
  redemptionHeld,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { listBenefits, withdrawBenefit } from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { createAuditor } from '@ddp/testing/auditing';
import { signPrincipal } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawOrder, hashList, hashSeed } from '../src/domain/draw-order.ts';
import { runDraws } from '../src/operations/run-draws.ts';
import { rewardsInvariants } from '../src/store/audit.ts';
import { programmeId } from './actors.ts';
import { verifyRecord as verify } from './draw-record.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const hourMs = 3_600_000;
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };
const run = () => runDraws(house.deps);
const enter = (drawId: string, person: PersonPrincipal, key = newId()) =>
  house.call(routes.enterDraw, { body: { drawId } }, person, key);
const withdraw = (id: string, person: PersonPrincipal) =>
  house.call(routes.withdrawDrawEntry, { params: { id } }, person);
const look = (id: string) => house.call(routes.readDraw, { params: { id } }, anonymous);
const mine = async (person: PersonPrincipal) => {
  const { items } = await house.call(routes.listMyDrawEntries, {}, person);
  if (!items[0]) throw new Error('nothing was entered');
  return items[0];
};
const cancel = (id: string, by = house.officer) =>
  house.call(routes.cancelDraw, { params: { id }, body: { reason: '活动取消' } }, by);

let seq = 1_000;
/** The ledger has another block. */
function addBlock(): { seq: number; hash: string } {
  seq += 1;
  const head = { seq, hash: hashSeed(seq.toString(16).padStart(8, '0')) };
  house.points.ledger.trouble.head = head;
  return head;
}

async function bring(redemptionId: string): Promise<void> {
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId });
  }
}

/** Entries from now for an hour, drawn an hour after. */
function newDraw(benefitId: string, winners: number, fields = {}) {
  const now = house.clock.now().getTime();
  const at = (hours: number) => new Date(now + hours * hourMs).toISOString();
  const times = { entriesFrom: at(0), entriesUntil: at(1), drawnFrom: at(2) };
  return { benefitId, winners, ...times, ...fields };
}

const offerByDraw = (fields: Parameters<House['offer']>[0] = {}) =>
  house.offer({ stock: 2, allocation: 'draw', ...fields });

async function openOne(winners = 2, fields: Parameters<House['offer']>[0] = {}) {
  addBlock();
  const shop = await offerByDraw({ stock: winners, ...fields });
  const body = newDraw(shop.benefit.id, winners);
  const draw = await house.call(routes.openDraw, { body }, house.officer);
  return { ...shop, benefitId: shop.benefit.id, draw, drawId: draw.id };
}

async function enterMany(drawId: string, count: number) {
  const people = Array.from({ length: count }, () => house.newResident());
  const byNumber = new Map<string, PersonPrincipal>();
  for (const person of people) byNumber.set((await enter(drawId, person)).entryNumber, person);
  return byNumber;
}

/** Lets the time of entries and of the published list pass, with a block in between. */
async function freeze(): Promise<void> {
  house.clock.advanceMs(hourMs);
  await run();
}
async function drawNow(): Promise<void> {
  house.clock.advanceMs(hourMs);
  addBlock();
  await run();
}

async function orderOf(drawId: string, limit = 100): Promise<string[]> {
  const input = { params: { id: drawId }, query: { limit } };
  const { items } = await house.call(routes.listDrawNumbers, input, anonymous);
  return items.map(({ entryNumber }) => entryNumber);
}

/** Brings on what the winners have under way, until the draw is closed. */
async function finish(drawId: string, people: ReadonlyMap<string, PersonPrincipal>) {
  for (let round = 0; round < 10; round += 1) {
    await run();
    if ((await look(drawId)).state === 'closed') return;
    for (const person of people.values()) {
      const { redemptionId } = await mine(person);
      if (redemptionId) await bring(redemptionId);
    }
  }
  throw new Error('the draw never closes');
}

describe('a draw', () => {
  it('is opened for a benefit that is handed out by lot, with its pieces set aside', async () => {
    const plain = await house.offer();
    const refused = house.call(
      routes.openDraw,
      { body: newDraw(plain.benefit.id, 1) },
      house.officer,
    );
    await expect(refused).rejects.toMatchObject({ slug: 'not-by-draw' });
    const { benefit } = await offerByDraw();
    const open = (fields = {}, winners = 2, by = house.officer, key = newId()) =>
      house.call(routes.openDraw, { body: newDraw(benefit.id, winners, fields) }, by, key);
    await expect(open({}, 3)).rejects.toMatchObject({ slug: 'sold-out' });
    const elsewhere = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
    await expect(open({}, 2, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(open({}, 2, house.newResident())).rejects.toMatchObject({ slug: 'forbidden' });
    const early = { drawnFrom: new Date(house.clock.now().getTime() + hourMs).toISOString() };
    await expect(open(early)).rejects.toMatchObject({ slug: 'invalid-request' });
    const past = { entriesUntil: new Date(house.clock.now().getTime() - 1).toISOString() };
    await expect(open(past)).rejects.toMatchObject({ slug: 'invalid-request' });

    const draw = await open();
    expect(draw).toMatchObject({ state: 'open', seed: null, head: null, entries: null });
    expect(await look(draw.id)).toEqual(draw);
    await expect(open()).rejects.toMatchObject({ slug: 'conflict' });
    const resident = house.newResident();
    await expect(house.redeem(benefit.id, resident)).rejects.toMatchObject({ slug: 'by-draw' });
    const offered = async (query: object) =>
      (await house.call(listBenefits, { query }, resident)).items.map(({ id }) => id);
    expect(await offered({})).toContain(benefit.id);
    expect(await offered({ withPoints: 100 })).not.toContain(benefit.id);
    const query = { benefitId: benefit.id };
    const listed = await house.call(routes.listDraws, { query }, resident);
    expect(listed.items).toEqual([draw]);
  });

  it('takes one entry of a resident within its time, under a number that tells nobody', async () => {
    const { drawId, benefitId } = await openOne();
    const person = house.newResident();
    const key = newId();
    const entry = await enter(drawId, person, key);
    expect(await enter(drawId, person, key)).toEqual(entry);
    expect(entry).toMatchObject({ state: 'entered', place: null, benefitId });
    await expect(enter(drawId, person)).rejects.toMatchObject({ slug: 'entered-already' });
    const foreign = personAs('resident', { programmeId: newId() });
    await expect(enter(drawId, foreign)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(withdraw(entry.id, house.newResident())).rejects.toMatchObject({
      slug: 'not-found',
    });
    expect(await withdraw(entry.id, person)).toMatchObject({ state: 'withdrawn' });
    const again = await enter(drawId, person);
    expect(again.entryNumber).not.toBe(entry.entryNumber);
    expect(await orderOf(drawId)).toEqual([]);
    house.clock.advanceMs(hourMs);
    await expect(enter(drawId, house.newResident())).rejects.toMatchObject({
      slug: 'draw-closed',
    });
    await expect(withdraw(again.id, person)).rejects.toMatchObject({ slug: 'draw-closed' });
    await run();
    expect(await orderOf(drawId)).toEqual([again.entryNumber]);
  });

  it('publishes its list, waits for a block of the ledger, and gives its pieces in the order that follows', async () => {
    const { drawId, draw } = await openOne(3);
    const people = await enterMany(drawId, 9);
    await freeze();
    const frozen = await look(drawId);
    const numbers = await orderOf(drawId);
    expect(numbers).toEqual([...people.keys()].sort());
    expect(frozen).toMatchObject({
      ...{ state: 'frozen', entries: 9, listHash: hashList(numbers), seed: null },
      ...{ seedHash: draw.seedHash, headAtFreeze: seq },
    });
    await run();
    house.clock.advanceMs(hourMs);
    await run();
    expect((await look(drawId)).state).toBe('frozen');
    const head = addBlock();
    await Promise.all([run(), run(), run()]);
    addBlock();
    const drawn = await look(drawId);
    expect(drawn).toMatchObject({ state: 'drawn', head, seedHash: hashSeed(drawn.seed ?? '') });
    const order = await orderOf(drawId);
    expect(order).toEqual(drawOrder(drawn.seed ?? '', head.hash, numbers));
    expect(await house.findBroken()).toEqual([]);

    // The second of the order has no points, and somebody behind left.
    const at = (index: number) => people.get(order[index] ?? '') as PersonPrincipal;
    house.points.people.set(at(1).personId, { points: 0, standing: 0 });
    await house.step(personErased, { personId: at(3).personId });
    people.delete(order[3] ?? '');
    await finish(drawId, people);
    expect(await mine(at(0))).toMatchObject({ state: 'won', place: 1 });
    expect(await mine(at(1))).toMatchObject({ state: 'passed', place: 2 });
    expect(await mine(at(2))).toMatchObject({ state: 'won', place: 3 });
    expect(await mine(at(4))).toMatchObject({ state: 'won', place: 5 });
    await run();
    expect(await mine(at(5))).toMatchObject({ state: 'over', redemptionId: null });
    expect(await orderOf(drawId)).toEqual(order);
    expect(await house.listNotices(at(0).personId)).toEqual(['draw-won', 'voucher-issued']);
    expect(await house.listNotices(at(1).personId)).toEqual(['draw-won', 'redemption-failed']);
    expect(await house.listNotices(at(5).personId)).toEqual(['draw-over']);
  });

  it('can be recomputed by anybody with Node and its public record alone', async () => {
    const { drawId } = await openOne(2);
    await enterMany(drawId, 6);
    await freeze();
    await drawNow();
    const request = new Request(`http://rewards.test/v1/draws/${drawId}/record`, {
      headers: { [principalHeader]: signPrincipal('rewards', anonymous) },
    });
    const answer = await house.fetchOf('rewards')(request);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await answer.text()).trim().split('\n');
    const sound = verify(lines);
    expect(sound.status, sound.stdout + sound.stderr).toBe(0);
    const order = await orderOf(drawId);
    expect(JSON.parse(sound.stdout)).toMatchObject({ entries: 6, winners: order.slice(0, 2) });
    const [first = '', ...rest] = lines;
    const { head } = JSON.parse(first);
    expect(verify(lines, { block: head.seq, hash: head.hash }).status).toBe(0);
    expect(verify(lines, { block: head.seq, hash: '00'.repeat(32) }).status).toBe(1);
    const draw = (fields: object) => JSON.stringify({ ...JSON.parse(first), ...fields });
    expect(verify([draw({ seed: '00'.repeat(32) }), ...rest]).status).toBe(1);
    expect(verify([draw({ headAtFreeze: head.seq }), ...rest]).status).toBe(1);
    expect(verify([draw({ head: { ...head, hash: '11'.repeat(32) } }), ...rest]).status).toBe(1);
    expect(verify([draw({ listHash: '22'.repeat(32) }), ...rest]).status).toBe(1);
    for (let row = 0; row < rest.length; row += 1) {
      expect(verify([first, ...rest.toSpliced(row, 1)]).status).toBe(1);
    }
    const other = JSON.stringify({ entryNumber: '0'.repeat(16), place: 1 });
    expect(verify([first, other, ...rest.slice(1)]).status).toBe(1);
    const swapped = [rest[1] ?? '', rest[0] ?? '', ...rest.slice(2)];
    expect(verify([first, ...swapped]).status).toBe(1);
  });

  it('lets everybody win where there are pieces for all, and gives the rest back', async () => {
    const { drawId, benefitId } = await openOne(4);
    const people = await enterMany(drawId, 2);
    await freeze();
    await drawNow();
    await finish(drawId, people);
    for (const person of people.values()) expect((await mine(person)).state).toBe('won');
    const { available } = await house.call(
      readBenefit,
      { params: { id: benefitId } },
      house.officer,
    );
    expect(available).toBe(2);
    const body = newDraw(benefitId, 2);
    expect(await house.call(routes.openDraw, { body }, house.officer)).toMatchObject({
      state: 'open',
    });
  });

  it('is frozen for good while a hundred enter as its time ends', async () => {
    const { drawId } = await openOne(1);
    house.clock.advanceMs(hourMs - 400);
    const counted = { in: 0, late: 0 };
    for (let wave = 0; wave < 5; wave += 1) {
      const people = Array.from({ length: 20 }, () => house.newResident());
      const answers = await Promise.allSettled([
        ...people.map((person) => enter(drawId, person)),
        run(),
      ]);
      for (const one of answers.slice(0, -1)) {
        if (one.status === 'fulfilled') counted.in += 1;
        else {
          expect(one.reason).toMatchObject({ slug: 'draw-closed' });
          counted.late += 1;
        }
      }
    }
    house.clock.advanceMs(400);
    await run();
    expect(counted.in + counted.late).toBe(100);
    expect((await look(drawId)).entries).toBe(counted.in);
    expect((await look(drawId)).state).toBe('frozen');
  });

  it('is cancelled before it is drawn alone, by an officer or with the benefit, and everybody is told', async () => {
    const { drawId } = await openOne();
    const person = house.newResident();
    await enter(drawId, person);
    await freeze();
    const elsewhere = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
    await expect(cancel(drawId, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await cancel(drawId)).toMatchObject({ state: 'cancelled', cancellation: '活动取消' });
    await expect(cancel(drawId)).rejects.toMatchObject({ slug: 'conflict' });
    await run();
    expect(await house.listNotices(person.personId)).toEqual(['draw-cancelled']);

    const other = await openOne();
    await enter(other.drawId, person);
    const params = { id: other.benefitId };
    await house.call(withdrawBenefit, { params }, house.officer);
    await run();
    await run();
    expect((await look(other.drawId)).state).toBe('cancelled');
    expect((await mine(person)).state).toBe('over');

    const last = await openOne();
    await enterMany(last.drawId, 1);
    await freeze();
    await drawNow();
    await expect(cancel(last.drawId)).rejects.toMatchObject({ slug: 'conflict' });
  });

  it('is entered by staff for somebody without a phone, whose voucher can be put on paper', async () => {
    const { drawId } = await openOne(1);
    const staff = personAs('grid-worker', { areaPaths: ['/1506/150603/'], programmeId });
    const elsewhere = personAs('grid-worker', { areaPaths: ['/1506/150602/'], programmeId });
    const elder = house.newResident();
    house.names.set(elder.personId, '巴*');
    const { personId } = elder;
    const body = { drawId, personId, consent };
    const assist = (by = staff) => house.call(routes.assistDrawEntry, { body }, by);
    await expect(assist(elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    const first = await assist();
    const params = { id: first.id };
    const leave = (by = staff) =>
      house.call(routes.withdrawAssistedEntry, { params, body: { consent } }, by);
    await expect(leave(elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await leave()).toMatchObject({ state: 'withdrawn', personId });
    await assist();
    await freeze();
    await drawNow();
    const { items } = await house.call(routes.listAssistedEntries, {}, staff);
    expect(items.map(({ state }) => state)).toEqual(['won', 'withdrawn']);
    expect((await house.call(routes.listAssistedEntries, {}, elsewhere)).items).toEqual([]);
    const redemptionId = items[0]?.redemptionId ?? '';
    await bring(redemptionId);
    const assisted = await house.call(printVoucher, { params: { id: redemptionId } }, staff);
    expect(assisted).toMatchObject({ personId, prints: 1, voucherState: 'issued' });
    await house.step(personErased, { personId });
  });
});

describe('the audit of draws', () => {
  it('names what is planted', async () => {
    const { drawId, benefitId } = await openOne(2);
    const { auditWith, audit } = createAuditor(
      house.db,
      rewardsInvariants.filter(({ name }) => /^(L|I7|W1)/.test(name)),
    );
    const is = (id: string) => `X'${id.replaceAll('-', '')}'`;
    const draw = (set: string) =>
      auditWith(`UPDATE rewards_draw SET ${set} WHERE id = ${is(drawId)}`);
    const entry = (set: string, which = '1 = 1') =>
      auditWith(`UPDATE rewards_draw_entry SET ${set} WHERE draw_id = ${is(drawId)} AND ${which}`);
    const people = await enterMany(drawId, 4);
    const gone = `DELETE FROM rewards_piece WHERE owner_id = ${is(drawId)} LIMIT 1`;
    expect(await auditWith(gone)).toEqual(expect.arrayContaining(['L4', 'I7']));
    expect(await draw('winners = 1')).toContain('L4');
    expect(await draw('standing_benefit_id = NULL')).toContain('L2');
    await freeze();
    expect(await draw(`list_hash = seed_hash`)).toContain('L2');
    expect(await draw('entries = 3')).toContain('L2');
    expect(await draw('frozen_at = entries_from')).toContain('L2');
    expect(await entry('drawn_place = 1', `entry_number = '${[...people.keys()][0]}'`)).toContain(
      'L1',
    );
    await drawNow();
    expect(await draw(`seed = REPEAT('ab', 32)`)).toEqual(expect.arrayContaining(['L1', 'L2']));
    expect(await draw(`head_hash = REPEAT('ab', 32)`)).toContain('L1');
    expect(await draw('head_seq = frozen_head_seq')).toContain('L2');
    expect(await entry('drawn_place = 5 - drawn_place')).toContain('L1');
    expect(await draw('winners = 1')).toEqual(expect.arrayContaining(['L3', 'L4']));
    expect(await entry(`state = 'won'`, 'drawn_place = 4')).toContain('L3');
    expect(await entry('redemption_id = NULL', 'drawn_place = 1')).toContain('L3');
    expect(await entry('person_id = id', 'drawn_place = 1')).toContain('L3');
    expect(await entry(`state = 'passed'`, 'drawn_place = 1')).toContain('L3');
    const unbound = `UPDATE rewards_piece SET redemption_id = NULL WHERE benefit_id = ${is(benefitId)}`;
    expect(await auditWith(unbound)).toContain('L4');
    await finish(drawId, people);
    expect(await draw("state = 'drawn', winners = 3")).toEqual(
      expect.arrayContaining(['L2', 'L4']),
    );
    expect(await audit()).toEqual([]);
  });
});
