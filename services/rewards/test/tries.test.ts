import { principalHeader } from '@ddp/auth/principal-token';
import { buildRequest } from '@ddp/contracts/call';
import * as routes from '@ddp/contracts/rewards/routes';
import { newId } from '@ddp/db-kit/ids';
import { signPrincipal } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { purgeTries } from '../src/operations/purge-tries.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

let issued: Awaited<ReturnType<House['issue']>>;
beforeEach(async () => {
  issued = await house.issue();
});
const codeNow = () => house.codeOf(issued.voucherId, issued.resident);
const newClerk = () => personAs('merchant-clerk', { merchantId: issued.merchant.id });

/** Codes of the voucher that are not good at this moment nor at a neighbouring one. */
async function drawWrong(count: number): Promise<string[]> {
  const right = await codeNow();
  return Array.from({ length: count }, (_one, index) => {
    const digits = (Number(right.slice(8)) + 1_000 + index) % 1_000_000;
    return `${right.slice(0, 8)}${String(digits).padStart(6, '0')}`;
  });
}

it('takes five wrong codes for a voucher, from anybody of the shop, in parallel too', async () => {
  const codes = await drawWrong(30);
  const results = await Promise.all(
    codes.map((code, index) => {
      const attempt =
        index % 2 === 0 ? house.verify(code, newClerk()) : house.lookUp(code, newClerk());
      return attempt.then(
        () => 'taken',
        (error: { slug: string }) => error.slug,
      );
    }),
  );
  expect(results.filter((slug) => slug === 'voucher-invalid')).toHaveLength(5);
  expect(results.filter((slug) => slug === 'too-many-tries')).toHaveLength(25);
  await expect(house.verify(await codeNow(), issued.clerk)).rejects.toMatchObject({
    slug: 'too-many-tries',
    document: { status: 429, retryable: true },
  });
  const input = { body: { code: await codeNow() } };
  const request = buildRequest(routes.lookUpVoucher, input, {
    baseUrl: 'http://rewards.test',
    headers: { [principalHeader]: signPrincipal('rewards', issued.clerk) },
  });
  const answer = await house.fetchOf('rewards')(request);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(answer.status).toBe(429);
  expect(seconds).toBeGreaterThan(3_500);
  expect(seconds).toBeLessThanOrEqual(3_600);
  house.clock.advanceMs(seconds * 1_000);
  await house.verify(await codeNow(), issued.clerk);
});

it('takes twenty wrong codes from an operator within an hour, whatever they name', async () => {
  const clerk = newClerk();
  for (let count = 0; count < 20; count += 1) {
    const code = `${String(count).padStart(8, '0')}000000`;
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
  }
  await expect(house.verify(await codeNow(), clerk)).rejects.toMatchObject({
    slug: 'too-many-tries',
  });
  house.clock.advanceMs(1_800_000);
  await expect(house.lookUp(await codeNow(), clerk)).rejects.toMatchObject({
    slug: 'too-many-tries',
  });
  house.clock.advanceMs(1_801_000);
  await house.verify(await codeNow(), clerk);
});

it('counts a repeated wrong code once, and right ones never', async () => {
  const clerk = newClerk();
  const [wrong = ''] = await drawWrong(1);
  const key = newId();
  for (let count = 0; count < 8; count += 1) {
    await expect(house.verify(wrong, clerk, key)).rejects.toMatchObject({
      slug: 'voucher-invalid',
    });
    await house.lookUp(await codeNow(), clerk);
  }
  await house.verify(await codeNow(), clerk);
});

it('forgets counts a day after their hour', async () => {
  const [wrong = ''] = await drawWrong(1);
  await expect(house.lookUp(wrong, issued.clerk)).rejects.toThrow();
  house.clock.advanceMs(26 * 3_600_000);
  await purgeTries(house.deps);
  expect(await house.db.selectFrom('rewards_try').selectAll().execute()).toEqual([]);
});
