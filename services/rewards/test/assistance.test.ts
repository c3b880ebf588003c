import { personErased } from '@ddp/contracts/identity/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import * as assistance from '@ddp/contracts/rewards/assistance-routes';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import * as routes from '@ddp/contracts/rewards/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { printedCode } from '../src/domain/printed-code.ts';
import { findVoucherOfRedemption } from '../src/store/vouchers.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true, undoMinutes: 10 });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const consent = { kind: 'spoken' as const, words: '本人口述，女儿在场', on: '2026-11-10' };
const gridWorker = personAs('grid-worker', { areaPaths: ['/1506/150603/'], programmeId });
const stranger = personAs('grid-worker', { areaPaths: ['/1506/150602/'], programmeId });

function newElder(): PersonPrincipal {
  const elder = house.newResident();
  house.names.set(elder.personId, '巴*');
  return elder;
}
type Staff = typeof gridWorker;
const assist = (benefitId: string, personId: string, by: Staff = gridWorker, key = newId()) =>
  house.call(assistance.assistRedemption, { body: { benefitId, personId, consent } }, by, key);
const read = (id: string, by: Staff = gridWorker) =>
  house.call(assistance.readAssistedRedemption, { params: { id } }, by);
const print = (id: string, by: Staff = gridWorker, key = newId()) =>
  house.call(assistance.printVoucher, { params: { id } }, by, key);
const paper = (id: string, by: Staff = gridWorker) =>
  house.call(assistance.readPaper, { params: { id } }, by);
const cancel = (id: string, by: Staff = gridWorker, key = newId()) =>
  house.call(assistance.cancelAssistedRedemption, { params: { id }, body: { consent } }, by, key);

/** What stands on the latest paper. */
async function codeOnPaper(redemptionId: string): Promise<string> {
  const voucher = await findVoucherOfRedemption(house.db, redemptionId);
  if (!voucher?.paperSeal) throw new Error('there is no paper');
  const secret = house.deps.voucherKeys.paperSecretOf(voucher.id, voucher.paperSeal);
  return `${voucher.voucherNumber}${printedCode(secret)}`;
}

/** A voucher that was redeemed for an elder. */
async function issued() {
  const shop = await house.offer({ perPersonPerMonth: 2 });
  const elder = newElder();
  const { id } = await assist(shop.benefit.id, elder.personId);
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId: id });
  }
  return { ...shop, elder, id };
}

describe('a redemption for somebody without a phone', () => {
  it('is by staff of where they live with consent, takes their points, and is marked', async () => {
    const { benefit } = await house.offer({ perPersonPerMonth: 1 });
    const elder = newElder();
    const key = newId();
    const asked = await assist(benefit.id, elder.personId, gridWorker, key);
    expect(await assist(benefit.id, elder.personId, gridWorker, key)).toEqual(asked);
    expect(asked).toMatchObject({ isAssisted: true, personId: elder.personId, prints: 0 });
    await house.step(redemptionRequested, { redemptionId: asked.id });
    expect(house.points.people.get(elder.personId)?.points).toBe(92);
    // The elder sees it like any other of theirs, marked; their quota is their own.
    expect(await house.read(asked.id, elder)).toMatchObject({ isAssisted: true });
    await expect(house.redeem(benefit.id, elder)).rejects.toMatchObject({ slug: 'limit-reached' });
    await expect(assist(benefit.id, elder.personId)).rejects.toMatchObject({
      slug: 'limit-reached',
    });
    const { rows } = await sql<{ consent: string; consent_words: string }>`SELECT * FROM
      rewards_assistance WHERE redemption_id = ${idToBinary(asked.id)}`.execute(house.db);
    expect(rows).toMatchObject([{ consent: 'spoken', consent_words: consent.words }]);
    const own = await house.redeem((await house.offer()).benefit.id, elder);
    expect(own.isAssisted).toBe(false);
    const query = { personId: elder.personId };
    const list = (by: Staff) => house.call(assistance.listAssistedRedemptions, { query }, by);
    expect((await list(gridWorker)).items.map(({ id }) => id)).toEqual([asked.id]);
    expect((await list(stranger)).items).toEqual([]);
  });

  it('is refused to staff of elsewhere, for oneself, for nobody and to who is no staff', async () => {
    const { benefit, owner } = await house.offer();
    const elder = newElder();
    await expect(assist(benefit.id, elder.personId, stranger)).rejects.toMatchObject({
      slug: 'not-found',
    });
    await expect(assist(benefit.id, newId())).rejects.toMatchObject({ slug: 'not-found' });
    await expect(assist(benefit.id, gridWorker.personId)).rejects.toMatchObject({
      slug: 'own-assistance',
    });
    const away = newElder();
    house.homes.set(away.personId, '/1506/150602/');
    await expect(assist(benefit.id, away.personId)).rejects.toMatchObject({ slug: 'not-found' });
    const auditor = personAs('auditor', { areaPaths: ['/1506/150603/'], programmeId });
    for (const by of [elder, owner, auditor]) {
      await expect(assist(benefit.id, elder.personId, by)).rejects.toMatchObject({
        slug: 'forbidden',
      });
    }
    const { id } = await assist(benefit.id, elder.personId);
    for (const act of [read, print, paper, cancel]) {
      await expect(act(id, stranger)).rejects.toMatchObject({ slug: 'not-found' });
      await expect(act(id, elder)).rejects.toMatchObject({ slug: 'forbidden' });
    }
  });

  it('is given up by staff with consent, and everything goes back', async () => {
    const { id, elder } = await issued();
    await print(id);
    const key = newId();
    expect(await cancel(id, gridWorker, key)).toMatchObject({ state: 'cancelled' });
    await cancel(id, gridWorker, key);
    await house.step(redemptionReleased, { redemptionId: id });
    expect(house.points.people.get(elder.personId)?.points).toBe(100);
    await expect(cancel(id)).rejects.toMatchObject({ slug: 'cannot-cancel' });
    for (const act of [print, paper]) {
      await expect(act(id)).rejects.toMatchObject({ slug: 'conflict' });
    }
  });
});

describe('a voucher on paper', () => {
  it('is one page whose code works once, with a merchant who is signed in', async () => {
    const { id, clerk, benefit } = await issued();
    await expect(paper(id)).rejects.toMatchObject({ slug: 'conflict' });
    expect(await print(id)).toMatchObject({ prints: 1, voucherState: 'issued' });
    const file = Buffer.from(await paper(id)).toString('latin1');
    expect(file.slice(0, 5)).toBe('%PDF-');
    expect(file.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const code = await codeOnPaper(id);
    expect(code).toMatch(/^[0-9]{16}$/);
    const other = await house.offer();
    await expect(house.verify(code, other.clerk)).rejects.toMatchObject({
      slug: 'voucher-invalid',
    });
    expect(await house.lookUp(code, clerk)).toMatchObject({ holder: '巴*' });
    // It does not rotate.
    house.clock.advanceMs(86_400_000);
    const verification = await house.verify(code, clerk);
    expect(verification).toMatchObject({ isPrinted: true, benefitTitle: benefit.title });
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-used' });
    await expect(paper(id)).rejects.toMatchObject({ slug: 'conflict' });
    house.clock.advanceMs(700_000);
    await house.step(voucherVerified, { redemptionId: id });
    expect(house.points.holds.get(id)?.state).toBe('posted');
  });

  it('is worth nothing once it was printed anew, and a repeat prints nothing anew', async () => {
    const { id, clerk } = await issued();
    const key = newId();
    await print(id, gridWorker, key);
    const first = await codeOnPaper(id);
    expect((await print(id, gridWorker, key)).prints).toBe(1);
    expect(await codeOnPaper(id)).toBe(first);
    await print(id);
    const second = await codeOnPaper(id);
    expect(second).not.toBe(first);
    await expect(house.verify(first, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    await house.verify(second, clerk);
  });

  it('stays good when its use was undone, as the elder has no other', async () => {
    const { id, clerk } = await issued();
    await print(id);
    const code = await codeOnPaper(id);
    const { id: verificationId } = await house.verify(code, clerk);
    await house.undo(verificationId, clerk);
    await house.verify(code, clerk);
  });

  it('and the screen of the same voucher are good for one use together', async () => {
    const { id, clerk, elder, owner } = await issued();
    await print(id);
    const { voucherId } = await house.read(id, elder);
    const codes = [await codeOnPaper(id), await house.codeOf(voucherId ?? '', elder)];
    const done = await Promise.allSettled([
      house.verify(codes[0] ?? '', clerk),
      house.verify(codes[1] ?? '', owner),
    ]);
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const code of codes) {
      await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-used' });
    }
  });

  it('is for redemptions on behalf alone, and goes with a gift', async () => {
    const { id, clerk, elder } = await issued();
    await print(id);
    const code = await codeOnPaper(id);
    const relative = house.newResident();
    house.phones.set('13500000001', relative.personId);
    const voucherId = (await house.read(id, elder)).voucherId ?? '';
    const gift = await house.offerTo(voucherId, '13500000001', elder);
    await house.accept(gift.id, relative);
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    await expect(print(id)).rejects.toMatchObject({ slug: 'conflict' });
    const own = await house.ask();
    await expect(print(own.redemptionId)).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('allows five wrong codes an hour like any other', async () => {
    const { id, clerk } = await issued();
    await print(id);
    const right = await codeOnPaper(id);
    const guess = (add: number) =>
      `${right.slice(0, 8)}${String((Number(right.slice(8)) + add) % 100_000_000).padStart(8, '0')}`;
    for (let add = 1; add <= 5; add += 1) {
      await expect(house.verify(guess(add), clerk)).rejects.toMatchObject({
        slug: 'voucher-invalid',
      });
    }
    await expect(house.verify(right, clerk)).rejects.toMatchObject({ slug: 'too-many-tries' });
    const body = { code: `${right}1` };
    await expect(house.call(routes.verifyVoucher, { body }, clerk)).rejects.toMatchObject({
      slug: 'invalid-request',
    });
  });
});

it('an erasure of either drops what was said of the consent, and who wrote it down', async () => {
  const { id, elder } = await issued();
  const helper = personAs('grid-worker', { areaPaths: ['/1506/150603/'], programmeId });
  const { benefit } = await house.offer();
  const second = await assist(benefit.id, newElder().personId, helper);
  await house.step(personErased, { personId: elder.personId });
  await house.step(personErased, { personId: helper.personId });
  const { rows } = await sql<{ consent_words: string }>`SELECT consent_words FROM rewards_assistance
    WHERE redemption_id IN (${idToBinary(id)}, ${idToBinary(second.id)}) ORDER BY redemption_id`.execute(
    house.db,
  );
  expect(rows.map((row) => row.consent_words)).toEqual(['', consent.words]);
});
