import { serviceNames } from '@ddp/contracts/service-name';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type GatewayHouse, openGatewayHouse, withSession } from './gateway-house.ts';

let house: GatewayHouse;
afterEach(() => house?.stop());

const never = () => new Promise<Response>(() => {});

describe('the figures', () => {
  it('are not for people', async () => {
    house = await openGatewayHouse();
    for (const path of ['/metrics', '/%6Detrics']) {
      const answer = await house.fetch(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ title: '没有找到' });
    }
  });

  it('answer where the operator turned them on', async () => {
    house = await openGatewayHouse({ environment: { GATEWAY_METRICS: '1' } });
    await house.fetch('/e/some-token');
    const answer = await house.fetch('/metrics');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('ddp_http_request_seconds_count{service="gateway"');
  });
});

describe('health', () => {
  it('asks each service once however many want to know', async () => {
    let asked = 0;
    const answer = async () => {
      asked += 1;
      return Response.json({ status: 'ok' });
    };
    const peers = Object.fromEntries(serviceNames.map((name) => [name, answer]));
    house = await openGatewayHouse({ peers });
    const answers = await Promise.all([...Array(50)].map(() => house.fetch('/healthz')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(asked).toBe(serviceNames.length);
  });

  it('is a 503 that says nothing of the house while a service fails, and mends by itself', async () => {
    let isWell = false;
    const points = async () => new Response(null, { status: isWell ? 200 : 500 });
    house = await openGatewayHouse({ peers: { points } });
    const answer = await house.fetch('/healthz');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.text()).not.toContain('points');
    isWell = true;
    await expect
      .poll(async () => (await house.fetch('/healthz')).status, { timeout: 3_000 })
      .toBe(200);
  });

  it('does not wait for a service that hangs', async () => {
    house = await openGatewayHouse({ peers: { rewards: never } });
    const startedAt = performance.now();
    expect((await house.fetch('/healthz')).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(4_500);
  });
});

describe('the deadline', () => {
  it('ends a request to a service that hangs with a 504', async () => {
    const peers = { ratings: never, directory: never };
    house = await openGatewayHouse({ environment: { GATEWAY_DEADLINE_MS: '200' }, peers });
    const headers = withSession(house.signIn());
    for (const path of ['/e/some-token', '/api/directory/v1/areas/1506']) {
      const startedAt = performance.now();
      const answer = await house.fetch(path, { headers });
      expect(answer.status).toBe(504);
      expect(await answer.json()).toMatchObject({ type: 'urn:ddp:problem:timeout' });
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    }
  });
});

describe('the settings', () => {
  const production = { DDP_MODE: 'production' } as const;

  it.each([{}, { PUBLIC_URL: '' }, { PUBLIC_URL: 'http://ddp.example' }])(
    'refuse production without an https address: %o',
    (environment) => {
      expect(() => readConfig(environment, production)).toThrow(
        /set PUBLIC_URL to the https address/,
      );
    },
  );

  it('take an https address in production, and any elsewhere', () => {
    const environment = { PUBLIC_URL: 'https://ddp.example' };
    expect(readConfig(environment, production).isSecure).toBe(true);
    expect(readConfig({}, { DDP_MODE: 'development' }).isSecure).toBe(false);
  });

  it('leave room for several people at one address unless told otherwise', () => {
    const read = (environment: Record<string, string>) =>
      readConfig(
        { GATEWAY_REQUESTS_PER_MINUTE: '100', ...environment },
        { DDP_MODE: 'development' },
      ).GATEWAY_ADDRESS_REQUESTS_PER_MINUTE;
    expect(read({})).toBe(500);
    expect(read({ GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '70' })).toBe(70);
  });
});
