import { parseMasterKeys } from '@ddp/auth/keys';
import { createPrincipalSigner, principalHeader } from '@ddp/auth/principal-token';
import { systemClock } from '@ddp/calendar/clock';
import { idSchema } from '@ddp/contracts/primitives';
import type { Principal } from '@ddp/contracts/principal';
import { defineRoute } from '@ddp/contracts/route';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bindRoute, type Caller } from './bind-route.ts';
import { listen } from './http-server.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createServiceApp } from './service-app.ts';

const id = '0195512a-0000-7000-8000-000000000001';
const key = '0195512a-0000-7000-8000-00000000000A';
const masterKeys = parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`);
const officer: Principal = {
  kind: 'person',
  personId: id,
  sessionId: id,
  role: 'city-officer',
  areaPaths: ['/1506/'],
  programmeId: null,
  merchantId: null,
  requestId: 'request-1',
};
const resident: Principal = { ...officer, role: 'resident' };

const base = { service: 'codes', summary: { zh: '试', en: 'Try' }, problems: [] } as const;
const issue = defineRoute({
  ...base,
  name: 'issue-thing',
  method: 'POST',
  path: '/v1/things/{id}/issues',
  permission: 'codes.issue',
  params: z.strictObject({ id: idSchema }),
  body: z.strictObject({ label: z.string().max(20), count: z.number().int().default(1) }),
  bodyLimitBytes: 200,
  status: 201,
  response: z.object({ label: z.string() }),
});
const list = defineRoute({
  ...base,
  name: 'list-things',
  method: 'GET',
  path: '/v1/things',
  permission: 'public',
  query: z.strictObject({ limit: z.coerce.number().int().max(100).default(20) }),
  status: 200,
  response: z.object({ limit: z.number() }),
});
const end = defineRoute({
  ...base,
  name: 'end-things',
  method: 'POST',
  path: '/v1/endings',
  permission: 'public',
  isKeyless: true,
  status: 204,
});

function openApp() {
  const app = createServiceApp({
    service: 'codes',
    masterKeys,
    clock: systemClock,
    log: createLog('silent'),
    metrics: createMetrics(),
    checkReady: async () => undefined,
  });
  const handled: { caller: Caller; request: unknown }[] = [];
  bindRoute(app, issue, async (caller, request) => {
    handled.push({ caller, request });
    return { label: request.body.label };
  });
  bindRoute(app, list, async (caller, request, headers) => {
    handled.push({ caller, request });
    headers.cacheControl = 'max-age=5';
    return { limit: request.query.limit };
  });
  bindRoute(app, end, async () => undefined);
  return { app, handled };
}

interface Sent {
  as?: Principal | undefined;
  key?: string | undefined;
  type?: string | undefined;
  body?: string | ReadableStream | undefined;
  thing?: string;
}

const good: Sent = { as: officer, key, type: 'application/json', body: '{"label":"门口"}' };

async function send(sent: Sent) {
  const { app, handled } = openApp();
  const headers = new Headers({ 'accept-language': 'en' });
  if (sent.as) {
    headers.set(principalHeader, createPrincipalSigner(masterKeys, 'codes')(sent.as, Date.now()));
  }
  if (sent.key !== undefined) headers.set('idempotency-key', sent.key);
  if (sent.type !== undefined) headers.set('content-type', sent.type);
  const init = { method: 'POST', headers, body: sent.body ?? null, duplex: 'half' as const };
  const response = await app.request(`/v1/things/${sent.thing ?? id}/issues`, init);
  const document = (await response.json()) as {
    type?: string;
    errors?: { pointer: string }[];
  };
  return {
    status: response.status,
    slug: document.type?.split(':').at(-1),
    pointers: document.errors?.map(({ pointer }) => pointer),
    document,
    response,
    handled,
  };
}

describe('a bound route', () => {
  it('gives the handler the caller, the key in lower case, and input with its defaults', async () => {
    const { status, document, response, handled } = await send(good);
    expect([status, document]).toEqual([201, { label: '门口' }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(handled).toEqual([
      {
        caller: { principal: officer, key: key.toLowerCase() },
        request: { params: { id }, body: { label: '门口', count: 1 } },
      },
    ]);
  });

  it('takes a charset beside application/json', async () => {
    expect((await send({ ...good, type: 'application/json; charset=utf-8' })).status).toBe(201);
  });
});

/** Each request has every fault of those below it: the answer tells which one is looked at first. */
const faults: [string, Sent, number, string, string[]?][] = [
  ['no principal', {}, 401, 'not-signed-in'],
  ['a role that may not', { as: resident }, 403, 'forbidden'],
  ['no key', { as: officer }, 400, 'invalid-request', ['Idempotency-Key']],
  ['a key that is no UUID', { as: officer, key: '7' }, 400, 'invalid-request', ['Idempotency-Key']],
  ['another content type', { as: officer, key, type: 'text/plain' }, 415, 'unsupported-media-type'],
  ['a long body', { ...good, body: 'x'.repeat(201) }, 413, 'body-too-large'],
  ['malformed JSON', { ...good, body: '{"label":' }, 400, 'invalid-request'],
  ['wrong fields', { ...good, body: '{"more":1}' }, 400, 'invalid-request', ['/label', '/more']],
];

describe('what a route looks at, in this order', () => {
  it.each(faults)('%s', async (_name, sent, status, slug, pointers) => {
    const worst: Sent = { thing: 'no-uuid', body: 'x'.repeat(201) };
    const isInput = status === 400 && sent.body !== undefined;
    const answer = await send(isInput ? sent : { ...worst, ...sent });
    expect([answer.status, answer.slug]).toEqual([status, slug]);
    if (pointers) expect(answer.pointers?.sort()).toEqual(pointers);
    expect(answer.handled).toEqual([]);
  });

  it('and a parameter of the path, by its name', async () => {
    const answer = await send({ ...good, thing: 'no-uuid' });
    expect([answer.status, answer.pointers]).toEqual([400, ['id']]);
  });

  it('a long body that does not say how long it is', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('"'.repeat(300)));
        controller.close();
      },
    });
    expect((await send({ ...good, body })).slug).toBe('body-too-large');
  });
});

describe('other routes', () => {
  it('take a query with defaults, refuse what they do not know, and set their own cache time', async () => {
    const { app } = openApp();
    const plain = await app.request('/v1/things');
    expect([await plain.json(), plain.headers.get('cache-control')]).toEqual([
      { limit: 20 },
      'max-age=5',
    ]);
    const unknown = await app.request('/v1/things?limit=500&more=1');
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({
      errors: [{ pointer: 'limit' }, { pointer: 'more', message: '没有这一项' }],
    });
  });

  it('that keep no record need no key, and answer 204 without a body', async () => {
    const { app } = openApp();
    const response = await app.request('/v1/endings', { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('that do not exist are 404 in the form of every problem', async () => {
    const { app } = openApp();
    const response = await app.request('/v1/nothing', {
      headers: { 'x-request-id': 'given-id-1' },
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-request-id')).toBe('given-id-1');
    expect(await response.json()).toMatchObject({
      type: 'urn:ddp:problem:not-found',
      requestId: 'given-id-1',
    });
  });
});

describe('over HTTP', () => {
  const body = '{"label":"门口"}';
  const long = '"'.repeat(201);
  const inPieces = (text: string) => new Blob([text]).stream();
  const sent: [string, string | ReadableStream, number][] = [
    ['a body of a length that was told', body, 201],
    ['a body in pieces', inPieces(body), 201],
    ['a long body of a length that was told', long, 413],
    ['a long body in pieces', inPieces(long), 413],
  ];
  it.each(sent)('%s has its answer, with the id of its request', async (_name, content, status) => {
    const { app } = openApp();
    const server = await listen(async (request) => app.fetch(request), {
      port: 0,
      host: '127.0.0.1',
    });
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/things/${id}/issues`, {
      method: 'POST',
      headers: {
        [principalHeader]: createPrincipalSigner(masterKeys, 'codes')(officer, Date.now()),
        'x-request-id': 'given-id-1',
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      body: content,
      duplex: 'half',
    });
    await response.arrayBuffer();
    await server.close(1_000);
    expect([response.status, response.headers.get('x-request-id')]).toEqual([status, 'given-id-1']);
  });
});

describe('a principal', () => {
  it('that is forged is refused, not taken for a stranger', async () => {
    const { app } = openApp();
    const headers = { [principalHeader]: 'v1.k1.e30.c2ln' };
    expect((await app.request('/v1/things', { headers })).status).toBe(401);
  });

  it('signed for another service is refused', async () => {
    const { app } = openApp();
    const token = createPrincipalSigner(masterKeys, 'points')(officer, Date.now());
    const response = await app.request('/v1/things', { headers: { [principalHeader]: token } });
    expect(response.status).toBe(401);
  });
});
