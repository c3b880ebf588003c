import { inviteClerk } from '@ddp/contracts/rewards/counter-routes';
import { createShop } from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVoucherKeys } from '../src/voucher-keys.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

type Issued = Awaited<ReturnType<House['issue']>>;
let issued: Issued;
let code: string;
beforeEach(async () => {
  issued = await house.issue();
  // In the middle of a step, so that no test falls on its edge.
  house.clock.setTo(new Date(Math.ceil(house.clock.now().getTime() / 30_000) * 30_000 + 10_000));
  code = await house.codeOf(issued.voucherId, issued.resident);
});
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const wrong = (right: string) =>
  `${right.slice(0, 8)}${String((Number(right.slice(8)) + 7) % 1_000_000).padStart(6, '0')}`;

describe('the code', () => {
  it('changes every thirty seconds, and is shown as a picture', async () => {
    const { voucherId, resident } = issued;
    expect(code).toMatch(/^[0-9]{14}$/);
    const face = await house.face(voucherId, resident);
    const leftMs = Date.parse(face.codeValidUntil ?? '') - house.clock.now().getTime();
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(20_000);
    house.clock.advanceMs(30_000);
    const next = await house.codeOf(voucherId, resident);
    expect(next.slice(0, 8)).toBe(code.slice(0, 8));
    expect(next).not.toBe(code);
    const params = { id: voucherId };
    const svg = await house.call(routes.readVoucherQr, { params }, resident);
    expect(new TextDecoder().decode(svg)).toMatch(/^<svg /);
  });

  it('is accepted one step late or early, and then no more', async () => {
    const { clerk } = issued;
    house.clock.advanceMs(31_000);
    await house.lookUp(code, clerk);
    house.clock.advanceMs(-62_000);
    await house.lookUp(code, clerk);
    house.clock.advanceMs(92_000);
    await expect(house.lookUp(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
  });

  it('is worth nothing in another shop, and looks like no code there', async () => {
    const other = await house.offer();
    const refusals = await Promise.all(
      [code, `00000000${code.slice(8)}`].map((tried) =>
        house.verify(tried, other.clerk).catch((error: unknown) => error),
      ),
    );
    const documents = refusals.map((one) => {
      const { requestId: _requestId, ...rest } = (one as { document: object }).document as {
        requestId?: string;
      };
      return rest;
    });
    expect(documents[0]).toEqual(documents[1]);
    expect(documents[0]).toMatchObject({ type: 'urn:ddp:problem:voucher-invalid', status: 404 });
    await house.verify(code, issued.clerk);
  });

  it('belongs to its holder: another person finds nothing, and staff may not ask', async () => {
    const params = { id: issued.voucherId };
    for (const route of [routes.readVoucher, routes.readVoucherQr]) {
      await expect(house.call(route, { params }, house.newResident())).rejects.toMatchObject({
        slug: 'not-found',
      });
      await expect(house.call(route, { params }, house.officer)).rejects.toMatchObject({
        slug: 'forbidden',
      });
    }
    const nobody = personAs('merchant-clerk', { merchantId: null });
    await expect(house.verify(code, nobody)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(house.verify(code, house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('outlives a change of the master key, and cannot be made from the database alone', async () => {
    const row = await house.db
      .selectFrom('rewards_voucher')
      .selectAll()
      .where('id', '=', idToBinary(issued.voucherId))
      .executeTakeFirstOrThrow();
    const seal = { keyId: row.key_id, salt: row.salt };
    const [old] = house.context.host.DDP_MASTER_KEY;
    if (!old) throw new Error('no master key');
    const newer = { kid: 'newer', secret: Buffer.alloc(32, 9) };
    const secret = createVoucherKeys([old]).secretOf(issued.voucherId, seal);
    const rotated = createVoucherKeys([newer, old]);
    expect(rotated.secretOf(issued.voucherId, seal)).toEqual(secret);
    expect(rotated.newSeal().keyId).toBe('newer');
    expect(() => createVoucherKeys([newer]).secretOf(issued.voucherId, seal)).toThrow('is missing');
  });
});

describe('verifying', () => {
  it('answers a repeat as the first time, though the code is stale by then', async () => {
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => house.verify(code, issued.clerk, key)),
    );
    house.clock.advanceMs(300_000);
    answers.push(await house.verify(code, issued.clerk, key));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('at two terminals at once succeeds at one, and the other learns when and by whom', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await house.issue();
      const shown = await house.codeOf(one.voucherId, one.resident);
      const owner = personAs('merchant-owner', { merchantId: one.merchant.id });
      const both = await Promise.allSettled([
        house.verify(shown, one.clerk),
        house.verify(shown, owner),
      ]);
      const lost = both.find((result) => result.status === 'rejected');
      expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const usedBy = both[0]?.status === 'fulfilled' ? 'merchant-clerk' : 'merchant-owner';
      const { name: merchantName } = one.merchant;
      const document = { status: 409, usedBy, merchantName };
      expect(lost?.reason).toMatchObject({ slug: 'voucher-used', document });
      expect(lost?.reason.document.usedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    }
  });

  it('tells a second scan of the same picture that it is used, also much later', async () => {
    const { clerk, voucherId, resident } = issued;
    await house.verify(code, clerk);
    house.clock.advanceMs(600_000);
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-used' });
    await expect(house.lookUp(code, clerk)).rejects.toMatchObject({ slug: 'voucher-used' });
    expect(await house.face(voucherId, resident)).toMatchObject({ state: 'used', code: null });
    await expect(house.verify(wrong(code), clerk)).rejects.toMatchObject({
      slug: 'voucher-invalid',
    });
  });

  it('tells a second scan in which shop and by which clerk, and the holder the shop alone', async () => {
    const { owner, merchant, voucherId, resident } = issued;
    const place = { name: '滨河店', areaCode: '150603', address: '2 号街 8 号' };
    const shop = await house.call(createShop, { body: place }, owner);
    const invited = { name: '斯琴', phone: '13900000077', shopId: shop.id };
    await house.call(inviteClerk, { body: invited }, owner);
    const personId = house.operators.find((one) => one.phone === invited.phone)?.personId ?? '';
    house.names.set(personId, '斯*');
    const inShop = personAs('merchant-clerk', { merchantId: merchant.id, personId });
    const { id: verificationId } = await house.verify(code, inShop);
    const told = {
      shopName: '滨河店',
      usedBy: 'merchant-clerk',
      usedByName: '斯*',
      verificationId,
    };
    for (const scan of [house.verify, house.lookUp]) {
      await expect(scan(code, owner)).rejects.toMatchObject({
        ...{ slug: 'voucher-used', document: { ...told, merchantName: '草原奶茶馆' } },
      });
    }
    const face = await house.face(voucherId, resident);
    expect(face).toMatchObject({ merchantName: '草原奶茶馆', usedShopName: '滨河店' });
    expect(JSON.stringify(face)).not.toContain('斯');
    const other = await house.openShop();
    await expect(house.verify(code, other.clerk)).rejects.toMatchObject({
      slug: 'voucher-invalid',
    });
  });

  it('refuses a voucher whose time is over before the sweep has seen it', async () => {
    await house.db
      .updateTable('rewards_voucher')
      .set({ expires_at: new Date(house.clock.now().getTime() - 1) })
      .where('id', '=', idToBinary(issued.voucherId))
      .execute();
    await expect(house.verify(code, issued.clerk)).rejects.toMatchObject({
      slug: 'voucher-expired',
    });
  });
});

it('looking a voucher up changes nothing, and works without the name of its holder', async () => {
  const { clerk, resident } = issued;
  expect((await house.lookUp(code, clerk)).holder).toBe('***');
  house.names.set(resident.personId, '乌*');
  expect((await house.lookUp(code, clerk)).holder).toBe('乌*');
  house.state.isIdentityDown = true;
  expect((await house.lookUp(code, clerk)).holder).toBe('***');
  house.state.isIdentityDown = false;
  await house.verify(code, clerk);
});

it('lists what the own shop verified, page by page', async () => {
  const again = await house.issue({ merchantId: issued.merchant.id });
  const first = await house.verify(code, issued.clerk);
  const shown = await house.codeOf(again.voucherId, again.resident);
  const second = await house.verify(shown, issued.clerk);
  const list = (query: object, clerk = issued.clerk) =>
    house.call(routes.listVerifications, { query }, clerk);
  const page = await list({ limit: 1 });
  expect(page.items).toEqual([second]);
  expect((await list({ limit: 1, cursor: page.nextCursor ?? '' })).items).toEqual([first]);
  expect((await list({}, again.clerk)).items).toEqual([]);
  await eventually(async () => house.points.holds.get(again.redemptionId)?.state === 'posted');
});
