import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildRequest, CallProblem, ContractError, call } from './call.ts';
import { idParams } from './primitives.ts';
import { commonProblems, Problem, renderProblem } from './problem.ts';
import { defineRoute } from './route.ts';

const base = {
  service: 'points',
  permission: 'public',
  summary: { zh: '试', en: 'Try' },
  problems: [],
} as const;

const readThing = defineRoute({
  ...base,
  name: 'read-thing',
  method: 'GET',
  path: '/v1/things/{kind}/parts/{part}',
  params: z.strictObject({ kind: z.string(), part: z.string() }),
  query: z.strictObject({ limit: z.coerce.number().default(20), search: z.string().optional() }),
  status: 200,
  response: z.object({ n: z.number() }),
});
const makeThing = defineRoute({
  ...base,
  name: 'make-thing',
  method: 'POST',
  path: '/v1/things',
  body: z.strictObject({ name: z.string() }),
  status: 201,
  response: z.object({ id: z.string() }),
});
const endThing = defineRoute({
  ...base,
  name: 'end-thing',
  method: 'POST',
  path: '/v1/things/{id}/endings',
  params: idParams,
  status: 204,
});
const drawThing = defineRoute({
  ...base,
  name: 'draw-thing',
  method: 'GET',
  path: '/v1/picture',
  mediaType: 'image/png',
  status: 200,
});

const baseUrl = 'https://house.test/api/points';
const answering = (response: Response) => ({ baseUrl, fetch: async () => response });

describe('buildRequest', () => {
  it('writes parameters so that they stay one segment each', () => {
    const request = buildRequest(
      readThing,
      { params: { kind: 'a/b?c#d', part: '中 %2F' } },
      { baseUrl: `${baseUrl}/` },
    );
    expect(request.url).toBe(
      'https://house.test/api/points/v1/things/a%2Fb%3Fc%23d/parts/%E4%B8%AD%20%252F',
    );
    expect(request.method).toBe('GET');
  });

  it('refuses a parameter that would lead to another route', () => {
    for (const kind of ['', '.', '..']) {
      const build = () => buildRequest(readThing, { params: { kind, part: 'x' } }, { baseUrl });
      expect(build).toThrow('kind');
    }
    for (const kind of ['%2e%2e', '...', '..%2f']) {
      const { url } = buildRequest(readThing, { params: { kind, part: 'x' } }, { baseUrl });
      expect(new URL(url).pathname).toBe(
        `/api/points/v1/things/${encodeURIComponent(kind)}/parts/x`,
      );
    }
  });

  it('leaves out of the query what is not given and writes the rest as it stands', () => {
    const request = buildRequest(
      readThing,
      { params: { kind: 'k', part: 'p' }, query: { limit: 5, search: 'a&b=c 中' } },
      { baseUrl },
    );
    const query = new URL(request.url).searchParams;
    expect([...query]).toEqual([
      ['limit', '5'],
      ['search', 'a&b=c 中'],
    ]);
    const bare = buildRequest(
      readThing,
      { params: { kind: 'k', part: 'p' }, query: { search: undefined } },
      { baseUrl },
    );
    expect(new URL(bare.url).search).toBe('');
  });

  it('sends a body as JSON with its key, and no content type without a body', async () => {
    const request = buildRequest(
      makeThing,
      { body: { name: '米' } },
      { baseUrl, idempotencyKey: 'key-1', headers: { 'x-request-id': 'r-1' } },
    );
    expect(await request.json()).toEqual({ name: '米' });
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'key-1',
      'x-request-id': 'r-1',
      accept: 'application/json',
    });
    const bare = buildRequest(drawThing, {}, { baseUrl });
    expect(bare.headers.has('content-type')).toBe(false);
    expect(bare.headers.has('idempotency-key')).toBe(false);
  });
});

describe('call', () => {
  const input = { params: { kind: 'k', part: 'p' } };

  it('gives the answer, without what the contract does not know', async () => {
    expect(await call(readThing, input, answering(Response.json({ n: 1, more: 2 })))).toEqual({
      n: 1,
    });
  });

  it('gives bytes where the route answers bytes, and nothing where it answers nothing', async () => {
    const bytes = await call(drawThing, {}, answering(new Response(new Uint8Array([1, 2]))));
    expect([...bytes]).toEqual([1, 2]);
    const id = '0195512a-0000-7000-8000-000000000001';
    const empty = answering(new Response(null, { status: 204 }));
    expect(await call(endThing, { params: { id } }, empty)).toBeUndefined();
  });

  it('throws CallProblem for a problem document, with its slug and all its members', async () => {
    const problem = new Problem(commonProblems.notFound, { extensions: { seen: 3 } });
    const document = renderProblem(problem, 'en', 'request-1');
    const error = await call(
      readThing,
      input,
      answering(
        new Response(JSON.stringify(document), {
          status: 404,
          headers: { 'content-type': 'application/problem+json; charset=utf-8' },
        }),
      ),
    ).catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(CallProblem);
    expect(error).toMatchObject({ slug: 'not-found', document: { ...document, seen: 3 } });
  });

  it('throws ContractError for an answer that does not fit, with what does not fit as its cause', async () => {
    const wrong = call(readThing, input, answering(Response.json({ n: 'one' })));
    const error = await wrong.catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).not.toBeInstanceOf(z.ZodError);
    expect(error).toMatchObject({
      message: 'the answer of points read-thing does not fit its contract',
      cause: expect.any(z.ZodError),
    });
  });

  it('throws an ordinary error for whatever else is not the contract', async () => {
    const answers = [
      new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
      Response.json({ n: 1 }, { status: 201 }),
      Response.json({ n: 'one' }),
      new Response('not json'),
    ];
    for (const answer of answers) {
      const error = await call(readThing, input, answering(answer)).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(CallProblem);
    }
  });
});
