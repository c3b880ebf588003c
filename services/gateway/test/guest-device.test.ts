import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayHouse, openGatewayHouse, withSession } from './gateway-house.ts';

let house: GatewayHouse;
const page = `/e/${'a'.repeat(22)}`;

/** The cookie of an answer, as a browser would send it back. */
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const devices = () =>
  house.seen.map(({ principal }) => (principal.kind === 'anonymous' ? principal.deviceId : null));

describe('over http', () => {
  beforeAll(async () => {
    house = await openGatewayHouse();
  });
  afterAll(() => house?.stop());
  beforeEach(() => {
    house.seen.length = 0;
  });

  it('keeps one device id for a guest who opens the page and taps twice', async () => {
    const opened = await house.fetch(page);
    const cookie = cookieOf(opened);
    expect(opened.headers.getSetCookie()[0]).toMatch(
      /^ddp_device=[0-9a-f-]{36}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const tap = () => house.fetch(page, { method: 'POST', headers: { cookie }, body: 'score=5' });
    const taps = await Promise.all([tap(), tap()]);
    expect(taps.flatMap((answer) => answer.headers.getSetCookie())).toEqual([]);
    expect(devices()).toHaveLength(3);
    expect(new Set(devices()).size).toBe(1);
    expect(`ddp_device=${devices()[0]}`).toBe(cookie);
  });

  it('gives two browsers two ids, and one in place of what is none', async () => {
    await house.fetch(page);
    await house.fetch(page);
    const answer = await house.fetch(page, { headers: { cookie: 'ddp_device=somebody' } });
    expect(new Set(devices()).size).toBe(3);
    expect(cookieOf(answer)).toBe(`ddp_device=${devices()[2]}`);
  });

  it('marks whoever signs in, and keeps the mark from the code to the session, for another year', async () => {
    const post = (path: string, cookie = '') =>
      house.fetch(`/api/identity/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: house.url, cookie },
        body: '{}',
      });
    const asked = await post('code-requests');
    const cookie = cookieOf(asked);
    expect(cookie).toMatch(/^ddp_device=/);
    const opened = await post('code-sessions', cookie);
    const prolonged = opened.headers.getSetCookie();
    expect(prolonged).toEqual([expect.stringContaining(`${cookie}; Max-Age=31536000`)]);
    expect(devices()).toHaveLength(2);
    expect(new Set(devices()).size).toBe(1);
  });

  it('gives none to a person with a session', async () => {
    const answer = await house.fetch(page, { headers: withSession(house.signIn()) });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(house.seen[0]?.principal.kind).toBe('person');
  });
});

describe('where PUBLIC_URL is https', () => {
  beforeAll(async () => {
    house = await openGatewayHouse({ environment: { PUBLIC_URL: 'https://ddp.example' } });
  });
  afterAll(() => house?.stop());

  it('gives a secure __Host- cookie behind a proxy that speaks http, and reads it back', async () => {
    const opened = await house.fetch(page);
    expect(opened.headers.getSetCookie()[0]).toMatch(
      /^__Host-ddp_device=[0-9a-f-]{36}; .*; HttpOnly; Secure; SameSite=Lax$/,
    );
    const again = await house.fetch(page, { headers: { cookie: cookieOf(opened) } });
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(new Set(devices()).size).toBe(1);
  });
});
