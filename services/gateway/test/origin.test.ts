import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayHouse, openGatewayHouse, withSession } from './gateway-house.ts';

let house: GatewayHouse;
let token: string;
beforeAll(async () => {
  house = await openGatewayHouse();
  token = house.signIn();
});
afterAll(() => house?.stop());
beforeEach(() => {
  house.seen.length = 0;
});

const post = (path: string, headers: Record<string, string>) =>
  house.fetch(path, { method: 'POST', body: '{}', headers });
const targets = ['/api/identity/v1/me/sign-out', '/e/some-token'];

describe.each(targets)('a request that changes something at %s', (path) => {
  it.each([
    [
      'from a form of another site',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ],
    ['from another site, in a browser without Sec-Fetch', { origin: 'https://evil.example' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['from the same host at another port', { origin: 'http://127.0.0.1:1' }],
    ['that does not say where it comes from', {}],
    ['from a neighbouring site', { origin: 'null', 'sec-fetch-site': 'same-site' }],
  ])('is refused with a session %s', async (_name, headers: Record<string, string>) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const more of [form, { 'content-type': 'text/plain' }]) {
      const answer = await post(path, { ...withSession(token), ...more, ...headers });
      expect(answer.status).toBe(403);
    }
    expect(house.seen).toEqual([]);
  });

  it('passes from our own pages', async () => {
    const ways: Record<string, string>[] = [
      { origin: house.url },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of ways) {
      expect((await post(path, { ...withSession(token), ...headers })).status).toBe(200);
    }
    expect(house.seen.map(({ principal }) => principal.kind)).toEqual(['person', 'person']);
  });
});

it('refuses a form of another site to a guest too', async () => {
  const answer = await post('/e/some-token', { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect(house.seen).toEqual([]);
});
