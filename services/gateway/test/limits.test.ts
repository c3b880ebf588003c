import { readTestEngines } from '@ddp/testing/config';
import { eventually } from '@ddp/testing/module-harness';
import { openTcpProxy } from '@ddp/testing/tcp-proxy';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  drawToken,
  type GatewayHouse,
  type GatewayHouseOptions,
  openGatewayHouse,
  withSession,
} from './gateway-house.ts';

const me = '/api/identity/v1/me';
const page = '/e/some-token';
const few = { GATEWAY_REQUESTS_PER_MINUTE: '10', GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '20' };

const signIn = '/api/identity/v1/password-sessions';

let house: GatewayHouse;
let redis: Redis;
const open = async (options: GatewayHouseOptions = {}) => {
  house = await openGatewayHouse({ ...options, environment: { ...few, ...options.environment } });
};
beforeAll(() => {
  redis = new Redis(readTestEngines().redisUrl);
});
afterAll(() => redis?.disconnect());
afterEach(() => house?.stop());

/** Opens a gateway, and waits until its limits are counted in Redis. */
async function openCounted(options: GatewayHouseOptions = {}): Promise<void> {
  await open(options);
  await eventually(async () => {
    await house.fetch(signIn, { method: 'POST', body: '{}' });
    return redis.del(`${house.redisPrefix}:limit:sign-in:127.0.0.1`);
  });
}

/** Sends requests one after another; the status of each. */
async function repeat(count: number, send: (index: number) => Promise<Response>) {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await send(index)).status);
  return statuses;
}
const passed = (statuses: number[]) => statuses.filter((status) => status === 200).length;

describe('the limits', () => {
  it('tell who goes too fast how long to wait', async () => {
    await openCounted();
    const statuses = await repeat(21, () => house.fetch(page));
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
    const refused = await house.fetch(page);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it('count a session by itself, whatever others at its address do', async () => {
    await openCounted();
    const headers = withSession(house.signIn());
    expect((await house.fetch(me, { headers })).status).toBe(200);
    await repeat(25, () => house.fetch(page));
    expect(passed(await repeat(12, () => house.fetch(me, { headers })))).toBe(9);
  });

  it('stop random tokens by their address, before identity has to look each up', async () => {
    await openCounted();
    const statuses = await repeat(40, () =>
      house.fetch(page, { headers: withSession(drawToken()) }),
    );
    expect(passed(statuses)).toBe(20);
    expect(house.lookUps()).toBe(20);
  });

  it('do not ask identity about what has not the form of a token', async () => {
    await openCounted();
    for (const token of ['x', 'y'.repeat(128), `${'z'.repeat(42)}!`]) {
      expect((await house.fetch(me, { headers: withSession(token) })).status).toBe(401);
    }
    expect(house.lookUps()).toBe(0);
  });

  it('leave no token in Redis', async () => {
    await openCounted();
    const token = house.signIn();
    await repeat(2, () => house.fetch(me, { headers: withSession(token) }));
    const keys = await redis.keys(`${house.redisPrefix}:limit:[ar]*`);
    const sessionId = house.sessions.get(token)?.sessionId;
    expect(keys.sort()).toEqual([
      `${house.redisPrefix}:limit:address:127.0.0.1`,
      `${house.redisPrefix}:limit:request:${sessionId}`,
    ]);
  });

  it('count tries to sign in by address, with a session or without', async () => {
    await openCounted({ environment: { GATEWAY_SIGN_INS_PER_MINUTE: '3' } });
    const headers = { ...withSession(house.signIn()), origin: house.url };
    const statuses = await repeat(6, (index) =>
      house.fetch(signIn, { method: 'POST', body: '{}', ...(index % 2 ? { headers } : {}) }),
    );
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
  });
});

describe('the address that is counted', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  it('is that of the connection, whatever X-Forwarded-For says', async () => {
    await openCounted();
    expect(passed(await repeat(25, (n) => house.fetch(page, from(`10.0.0.${n}`))))).toBe(20);
  });

  it('is the one that the trusted proxy saw, whatever came before it', async () => {
    await openCounted({ environment: { GATEWAY_TRUSTED_HOPS: '1' } });
    const spoofed = (n: number) => house.fetch(page, from(`10.0.0.${n}, 192.0.2.1`));
    expect(passed(await repeat(25, spoofed))).toBe(20);
    expect((await house.fetch(page, from('192.0.2.1, 192.0.2.2'))).status).toBe(200);
  });

  it('is that of the connection where the header holds no address', async () => {
    await openCounted({ environment: { GATEWAY_TRUSTED_HOPS: '1' } });
    expect(passed(await repeat(25, (n) => house.fetch(page, from(`guest-${n}`))))).toBe(20);
  });
});

describe('without Redis', () => {
  it('the limits hold in this process', async () => {
    await open({ redisUrl: 'redis://127.0.0.1:9' });
    expect(passed(await repeat(25, () => house.fetch(page)))).toBe(20);
  });

  it('a frozen Redis delays nobody for long, and the limits hold', async () => {
    const proxy = await openTcpProxy(readTestEngines().redisUrl);
    await openCounted({ redisUrl: proxy.url });
    expect((await house.fetch(page)).status).toBe(200);
    proxy.delay(4_000);
    const startedAt = performance.now();
    expect(passed(await repeat(25, () => house.fetch(page)))).toBe(20);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    await proxy.close();
  });
});
