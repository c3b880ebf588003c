import type { ServiceCaller } from '@ddp/service-kit/service-caller';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, describe, expect, it } from 'vitest';
import { createSessionReader } from '../src/sessions.ts';
import {
  drawToken,
  type GatewayHouse,
  newSession,
  openGatewayHouse,
  withSession,
} from './gateway-house.ts';

let house: GatewayHouse | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

const me = '/api/identity/v1/me';

describe('a session', () => {
  it('becomes a principal, and identity is asked once for requests at the same time', async () => {
    house = await openGatewayHouse();
    const { fetch, seen, sessions } = house;
    const token = house.signIn();
    const headers = withSession(token);
    const answers = await Promise.all([1, 2, 3].map(() => fetch(me, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(house.lookUps()).toBe(1);
    expect(seen[0]?.principal).toMatchObject({ kind: 'person', ...sessions.get(token) });
  });

  it('stops acting within the cache time once it is revoked', async () => {
    house = await openGatewayHouse({ environment: { GATEWAY_SESSION_CACHE_MS: '300' } });
    const { fetch, sessions } = house;
    const token = house.signIn();
    const read = () => fetch(me, { headers: withSession(token) });
    expect((await read()).status).toBe(200);
    const revokedAt = performance.now();
    sessions.delete(token);
    await eventually(async () => (await read()).status === 401, 2_000);
    expect(performance.now() - revokedAt).toBeLessThan(1_200);
  });

  it('stops acting at once when the person signs out here', async () => {
    house = await openGatewayHouse();
    const { fetch, sessions, url } = house;
    const token = house.signIn();
    const headers = { ...withSession(token), origin: url };
    expect((await fetch(me, { headers })).status).toBe(200);
    sessions.delete(token);
    expect((await fetch(`${me}/sign-out`, { method: 'POST', headers })).status).toBe(200);
    expect((await fetch(me, { headers })).status).toBe(401);
  });
});

describe('the sessions kept', () => {
  const good = new Map([...Array(20_001)].map(() => [drawToken(), newSession()] as const));
  const tokens = [...good.keys()];
  const [first = '', second = '', third = ''] = tokens;
  let asked: string[] = [];
  const caller = {
    async call(_route: unknown, { body }: { body: { token: string } }) {
      asked.push(body.token);
      return good.get(body.token) ?? null;
    },
  } as unknown as ServiceCaller;
  const read = (token: string) => reader.read(token, 'test-request');
  let reader = createSessionReader(caller, 5_000);

  it('are not pushed out by a flood of tokens that are none', async () => {
    reader = createSessionReader(caller, 60_000);
    await read(first);
    for (let count = 0; count < 25_000; count += 1) await read(drawToken());
    asked = [];
    expect(await read(first)).toEqual(good.get(first));
    expect(asked).toEqual([]);
    expect(reader.findKnownId(first)).toBe(good.get(first)?.sessionId);
  });

  it('make room for a new one by forgetting the one heard of longest ago', async () => {
    reader = createSessionReader(caller, 60_000);
    for (const token of tokens) await read(token);
    asked = [];
    for (const token of [third, second, tokens.at(-1) ?? '']) await read(token);
    expect(asked).toEqual([]);
    await read(first);
    expect(asked).toEqual([first]);
  });
});
