import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayHouse, openGatewayHouse, withSession } from './gateway-house.ts';

let house: GatewayHouse;
beforeAll(async () => {
  house = await openGatewayHouse({
    peers: {
      notices: async () =>
        Response.json({}, { headers: { connection: 'close', te: 'trailers', etag: '"1"' } }),
    },
  });
});
afterAll(() => house?.stop());
beforeEach(() => {
  house.seen.length = 0;
});

const me = '/api/identity/v1/me';

/** Sends lines as they are, which fetch would not; gives the first line of the answer. */
function sendRaw(lines: string[]): Promise<string> {
  const { port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`${[...lines, 'Host: ddp.test', '', ''].join('\r\n')}`),
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
  });
}

describe('headers', () => {
  it('of one connection, and cookies, do not reach a service', async () => {
    const status = await sendRaw([
      `GET ${me} HTTP/1.1`,
      'Connection: close, X-Secret',
      'Keep-Alive: timeout=5',
      'TE: trailers',
      'Proxy-Authorization: Basic YTpi',
      'X-Forwarded-For: 192.0.2.1',
      'X-Secret: 1',
      'Authorization: Bearer abc',
      'Accept-Language: en',
      `Cookie: ${withSession(house.signIn()).cookie}`,
    ]);
    expect(status).toBe('HTTP/1.1 200 OK');
    const names = [...(house.seen[0]?.headers.keys() ?? [])].sort();
    expect(names).toEqual(['accept-language', 'x-ddp-principal', 'x-request-id']);
  });

  it('that claim a principal are refused, and never reach a service', async () => {
    const answer = await house.fetch('/e/some-token', {
      headers: { 'x-ddp-principal': 'v1.k1.e30.x' },
    });
    expect(answer.status).toBe(401);
    expect(house.seen).toEqual([]);
  });

  it('of a service that concern its connection do not come back; others do', async () => {
    const headers = withSession(house.signIn());
    const answer = await house.fetch('/api/notices/v1/me/messages', { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('te')).toBeNull();
    expect(answer.headers.get('connection')).not.toBe('close');
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a body', () => {
  const send = (body: string | ReadableStream, more: object = {}, path = '/e/some-token/report') =>
    house.fetch(path, { method: 'POST', body, ...more });

  it('of a megabyte reaches the service whole', async () => {
    const text = 'x'.repeat(1024 * 1024);
    expect((await send(text)).status).toBe(200);
    expect(house.seen[0]?.body).toBe(text);
  });

  it('of more is refused, whether its length is told or not', async () => {
    const text = 'x'.repeat(1024 * 1024 + 1);
    const headers = { connection: 'close' };
    expect((await send(text, { headers })).status).toBe(413);
    const chunks = new Blob([text, text]).stream();
    expect((await send(chunks, { headers, duplex: 'half' })).status).toBe(413);
    expect(house.seen).toEqual([]);
  });

  it('that is a certificate to be checked reaches volunteering, up to five megabytes', async () => {
    const text = 'x'.repeat(5 * 1024 * 1024);
    for (const path of ['/c', '/c/some-token']) {
      expect((await send(text, {}, path)).status).toBe(200);
      expect((await house.fetch(path)).status).toBe(200);
    }
    expect(house.seen.map(({ service, path }) => [service, path])).toEqual(
      ['/c', '/c', '/c/some-token', '/c/some-token'].map((path) => ['volunteering', path]),
    );
    const headers = { connection: 'close' };
    expect((await send('x'.repeat(6 * 1024 * 1024), { headers }, '/c')).status).toBe(413);
  });

  it('with photos may be larger, where a rating is sent and nowhere else', async () => {
    const text = 'x'.repeat(5 * 1024 * 1024);
    expect((await send(text, {}, '/e/some-token')).status).toBe(200);
    expect(house.seen[0]?.body).toHaveLength(text.length);
    const headers = { connection: 'close' };
    const beyond = 'x'.repeat(16 * 1024 * 1024);
    expect((await send(beyond, { headers }, '/e/some-token')).status).toBe(413);
    const photo = await send(text, {}, '/api/ratings/v1/photos');
    expect(photo.status).not.toBe(413);
    expect((await send(text, { headers }, '/api/ratings/v1/ratings')).status).toBe(413);
  });
});

describe('what is not there', () => {
  it.each([
    '/nowhere',
    '/api/nobody/v1/me',
    '/api/identity/v1/nothing',
    '/api/identity/v1/session-lookups',
    '/docs/package.json',
  ])('%s is a 404 in Chinese, or in English when asked', async (path) => {
    const answer = await house.fetch(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('content-language')).toBe('zh-CN');
    expect(await answer.json()).toMatchObject({ title: '没有找到', status: 404 });
    const english = await house.fetch(path, { headers: { 'accept-language': 'en-GB' } });
    expect(await english.json()).toMatchObject({ title: 'Not found', status: 404 });
    expect(house.seen).toEqual([]);
  });
});
