import { closeCode, issueCode } from '@ddp/contracts/codes/routes';
import type { Code } from '@ddp/contracts/codes/schemas';
import { newToken } from '@ddp/qr/token';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEstate, type Estate } from './estate.ts';
import { openSecurityHouse, type SecurityHouse } from './security-house.ts';

let house: SecurityHouse;
let estate: Estate;
beforeAll(async () => {
  house = await openSecurityHouse();
  estate = await buildEstate(house);
});
afterAll(() => house?.stop());

const elsewhere = [
  'https://evil.example/e',
  '//evil.example',
  '/\\evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '%2F%2Fevil.example',
];
const issue = (place: string): Promise<Code> =>
  house.call(issueCode, { body: { subjectId: estate.subjectId, place } }, estate.officer);
const pathOf = (code: Code) => new URL(code.url).pathname;

function open(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'accept-language': 'zh-CN', ...init.headers };
  return house.gatewayFetch(new Request(`http://house.test${path}`, { ...init, headers }));
}
const post = (path: string, fields: Record<string, string>) =>
  open(path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://house.test',
      'sec-fetch-site': 'same-origin',
    },
  });

describe('a scan leads nowhere else', () => {
  it.each(elsewhere)('not by next=%s', async (next) => {
    const path = pathOf(await issue(next.slice(0, 60)));
    const query = new URLSearchParams({ next, redirect: next, url: next, return: next });
    for (const page of [path, `${path}/thanks`, `${path}/report`]) {
      const answer = await open(`${page}?${query}`);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('location')).toBeNull();
      for (const [, target] of html.matchAll(/(?:href|action|src)="([^"]*)"/g)) {
        expect(target).toMatch(/^\/(e\/|$)/);
        expect(target).not.toContain('evil');
      }
    }
    const sent = await post(`${path}?${query}`, { level: '5', next, redirect: next });
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(/^\/e\/[0-9a-z]{26}\/thanks\?as=guest$/);
  });

  it('not by a host that the request names', async () => {
    const path = pathOf(await issue('改主机'));
    const sent = await post(path, { level: '4' });
    expect(sent.headers.get('location')).toMatch(/^\/e\//);
    const html = await (await open(path, { headers: { host: 'evil.example' } })).text();
    expect(html).not.toContain('evil.example');
  });
});

describe('a code that was withdrawn', () => {
  it('shows the warning at once, with nothing to fill in and a way to report it', async () => {
    const code = await issue('门口');
    const path = pathOf(code);
    expect((await open(path)).status).toBe(200);
    const closing = { params: { id: code.id }, body: { state: 'retired' as const } };
    await house.call(closeCode, closing, estate.officer);
    const answer = await open(path);
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).toContain('此码无效或已停用');
    expect(html).toContain('请不要在这里填写任何内容');
    expect(html).not.toMatch(/<input|<textarea|<form/);
    expect(html).toContain(`href="${path}/report"`);
    expect((await post(path, { level: '1' })).status).toBe(404);
  });

  it('shows what a code shows that never was', async () => {
    const code = await issue('柱子');
    const closing = { params: { id: code.id }, body: { state: 'lost' as const } };
    await house.call(closeCode, closing, estate.officer);
    const unknown = `/e/${newToken()}`;
    const [lost, never] = [await open(pathOf(code)), await open(unknown)];
    expect(lost.status).toBe(never.status);
    const plain = async (answer: Response, path: string) =>
      (await answer.text()).replaceAll(path, '/e/token');
    expect(await plain(lost, pathOf(code))).toBe(await plain(never, unknown));
  });
});
