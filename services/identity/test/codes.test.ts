import * as routes from '@ddp/contracts/identity/routes';
import { anonymous } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, newPhone, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ IDENTITY_CODES_PER_PREFIX_HOUR: '4' });
});
afterAll(() => house?.stop());

const otherCode = (code: string) => (code === '000000' ? '000001' : '000000');

function signIn(requestId: string, phone: string, code: string, areaCode?: string) {
  const body = { requestId, phone, code, ...(areaCode ? { areaCode } : {}) };
  return house.call(routes.signInByCode, { body }, anonymous);
}

describe('a one-time code', () => {
  it('makes a resident of a phone seen for the first time', async () => {
    const phone = newPhone();
    const { requestId, code } = await house.drawCode(phone);
    await expect(signIn(requestId, phone, code)).rejects.toMatchObject({ slug: 'area-required' });
    await expect(signIn(requestId, phone, code, '999999')).rejects.toMatchObject({
      slug: 'unknown-area',
    });
    const me = await signIn(requestId, phone, code, '150603');
    expect(me).toMatchObject({
      role: 'resident',
      roles: ['resident'],
      maskedPhone: `${phone.slice(0, 3)}****0001`,
      maskedName: null,
      areaPaths: ['/1506/150603/'],
    });
  });

  it('works once, with its own phone and request', async () => {
    const phone = newPhone();
    const first = await house.drawCode(phone);
    house.clock.advanceMs(61_000);
    const second = await house.drawCode(phone);
    const wrong = { slug: 'wrong-code' };
    await expect(signIn(first.requestId, newPhone(), first.code, '150603')).rejects.toMatchObject(
      wrong,
    );
    if (first.code !== second.code) {
      await expect(signIn(second.requestId, phone, first.code, '150603')).rejects.toMatchObject(
        wrong,
      );
    }
    const both = await Promise.allSettled([
      signIn(second.requestId, phone, second.code, '150603'),
      signIn(second.requestId, phone, second.code, '150603'),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(signIn(second.requestId, phone, second.code, '150603')).rejects.toMatchObject(
      wrong,
    );
  });

  it('takes five tries, also when they are made at once, and none after five minutes', async () => {
    const phone = newPhone();
    const { requestId, code } = await house.drawCode(phone);
    await Promise.allSettled(
      Array.from({ length: 20 }, () => signIn(requestId, phone, otherCode(code), '150603')),
    );
    await expect(signIn(requestId, phone, code, '150603')).rejects.toMatchObject({
      slug: 'wrong-code',
    });
    house.clock.advanceMs(61_000);
    const late = await house.drawCode(phone);
    house.clock.advanceMs(300_000);
    await expect(signIn(late.requestId, phone, late.code, '150603')).rejects.toMatchObject({
      slug: 'wrong-code',
    });
  });

  it('makes one person of one phone, however many codes are used at once', async () => {
    const phone = newPhone();
    const first = await house.drawCode(phone);
    house.clock.advanceMs(61_000);
    const second = await house.drawCode(phone);
    const [a, b] = await Promise.all([
      signIn(first.requestId, phone, first.code, '150603'),
      signIn(second.requestId, phone, second.code, '150603'),
    ]);
    expect(a.personId).toBe(b.personId);
  });
});

describe('sending codes', () => {
  const ask = (phone: string) => house.call(routes.requestCode, { body: { phone } }, anonymous);

  it('is limited to one a minute and phone, also when asked at once', async () => {
    const phone = newPhone();
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => ask(phone)));
    expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await expect(ask(phone)).rejects.toMatchObject({ slug: 'too-many-codes' });
    house.clock.advanceMs(61_000);
    await ask(phone);
  });

  it('is limited to ten a day and phone', async () => {
    const phone = newPhone();
    for (let sent = 0; sent < 10; sent += 1) {
      await ask(phone);
      house.clock.advanceMs(3_601_000);
    }
    await expect(ask(phone)).rejects.toMatchObject({ slug: 'too-many-codes' });
    house.clock.advanceMs(24 * 3_600_000);
    await ask(phone);
  });

  it('is limited for numbers that share all but their last four digits', async () => {
    const prefix = newPhone().slice(0, 7);
    for (const end of ['1001', '1002', '1003', '1004']) await ask(`${prefix}${end}`);
    await expect(ask(`${prefix}1005`)).rejects.toMatchObject({ slug: 'too-many-codes' });
    house.clock.advanceMs(3_601_000);
    await ask(`${prefix}1005`);
  });

  it('says so when the text cannot be sent, and may be tried again at once', async () => {
    const phone = newPhone();
    house.state.isSmsDown = true;
    await expect(ask(phone)).rejects.toMatchObject({ slug: 'text-not-sent' });
    house.state.isSmsDown = false;
    const { requestId, code } = await house.drawCode(phone);
    expect((await signIn(requestId, phone, code, '150603')).role).toBe('resident');
  });
});
