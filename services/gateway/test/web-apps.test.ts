import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayHouse, openGatewayHouse } from './gateway-house.ts';

let house: GatewayHouse;
beforeAll(async () => {
  house = await openGatewayHouse();
});
afterAll(() => house?.stop());

describe.each(['/app', '/shop', '/desk', '/wall'])('the web app at %s', (base) => {
  it('is one page for each of its paths, never kept, under a policy that allows nothing from elsewhere', async () => {
    for (const path of [`${base}/`, `${base}/me/look`, `${base}/anything/else`]) {
      const answer = await house.fetch(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-inline|unsafe-eval(?!')/);
      expect(policy).not.toContain("'unsafe-eval'");
    }
  });

  it('has files that are kept for good, smaller for whoever takes them so, and 404 for others', async () => {
    const page = await (await house.fetch(`${base}/`)).text();
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? '';
    const take = (encoding: string) =>
      house.fetch(script, { headers: { 'accept-encoding': encoding } });
    const [whole, smaller] = [await take('identity'), await take('br')];
    expect(whole.headers.get('cache-control')).toContain('immutable');
    expect(smaller.headers.get('content-encoding')).toBe('br');
    const lengthOf = (answer: Response) => Number(answer.headers.get('content-length'));
    expect(lengthOf(smaller)).toBeGreaterThan(0);
    expect(lengthOf(smaller)).toBeLessThan(lengthOf(whole) / 2);
    expect((await house.fetch(`${base}/assets/none.js`)).status).toBe(404);
    expect((await house.fetch(`${base}/assets/..%2f..%2fpackage.json`)).status).toBe(404);
  });
});

it('the front door leads residents to their app', async () => {
  const answer = await house.fetch('/', { redirect: 'manual' });
  expect(answer.headers.get('location')).toBe('/app/');
});
