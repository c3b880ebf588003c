import { PrincipalTokenError } from '@ddp/auth/principal-token';
import { CallProblem } from '@ddp/contracts/call';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { KeyReusedError } from '@ddp/db-kit/command';
import { PoolBusyError, UnknownOutcomeError } from '@ddp/db-kit/errors';
import { GroupBusyError } from '@ddp/db-kit/group-commit';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { invalidRequest, respondProblem, toProblem } from './problem-response.ts';
import type { RequestState } from './request-state.ts';

const slugOf = (error: unknown) => toProblem(error).definition.slug;
const named = (name: string) => Object.assign(new Error('late'), { name });
const fromPeer = (status: number, slug: string, retryable = false) =>
  new CallProblem({
    type: `urn:ddp:problem:${slug}`,
    title: '缺',
    detail: '少',
    status,
    retryable,
  });

/** What a caller gets who met this error. */
async function answer(error: unknown, language?: string) {
  const app = new Hono<RequestState>();
  app.get('/', (context) => respondProblem(context, error, 'request-1'));
  const response = await app.request('/', {
    headers: language === undefined ? {} : { 'accept-language': language },
  });
  return { response, text: await response.clone().text(), document: await response.json() };
}

describe('an error as a problem', () => {
  it.each([
    ['a key of another request', new KeyReusedError(), 'idempotency-key-reused'],
    ['a bad token', new PrincipalTokenError(), 'not-signed-in'],
    ['a full group', new GroupBusyError(), 'busy'],
    ['a full pool', new PoolBusyError(), 'busy'],
    ['a commit of unknown outcome', new UnknownOutcomeError(), 'busy'],
    ['a lost connection', Object.assign(new Error(), { code: 'ECONNRESET' }), 'busy'],
    ['a deadlock that stayed', Object.assign(new Error(), { errno: 1213 }), 'busy'],
    ['a deadline', named('TimeoutError'), 'busy'],
    ['an aborted call', named('AbortError'), 'busy'],
    ['a peer that restarts', new TypeError('fetch failed'), 'busy'],
    ['a peer that ends in the middle of its answer', new TypeError('terminated'), 'busy'],
    ['malformed JSON', new HTTPException(400), 'invalid-request'],
    ['a long body', new HTTPException(413), 'body-too-large'],
    ['a slow handler', new HTTPException(504), 'timeout'],
    ['another fault of the router', new HTTPException(418), 'internal-error'],
    ['a mistake in SQL', Object.assign(new Error(), { errno: 1064 }), 'internal-error'],
    ['a mistake in code', new TypeError('x is undefined'), 'internal-error'],
    ['no error at all', 'text', 'internal-error'],
  ])('%s is %s', (_name, error, slug) => {
    expect(slugOf(error)).toBe(slug);
  });

  it('a problem is itself', () => {
    const problem = new Problem(commonProblems.conflict);
    expect(toProblem(problem)).toBe(problem);
  });

  it("another service's refusal reaches the person as it is, its troubles do not", () => {
    const refusal = toProblem(fromPeer(409, 'insufficient-points'));
    expect(refusal.definition).toMatchObject({ slug: 'insufficient-points', status: 409 });
    expect(refusal.options.detail).toEqual({ zh: '少', en: '少' });
    for (const status of [500, 502, 503, 504, 400, 401]) {
      expect(slugOf(fromPeer(status, 'insufficient-points'))).toBe('busy');
    }
  });
});

describe('the answer', () => {
  it('of an unknown error says nothing but the request id', async () => {
    const secret = new Error('SELECT phone FROM person', { cause: new Error('password=x') });
    const { response, text, document } = await answer(secret, 'en');
    expect(response.status).toBe(500);
    expect(document).toEqual({
      type: 'urn:ddp:problem:internal-error',
      title: 'Something went wrong',
      status: 500,
      requestId: 'request-1',
      retryable: true,
    });
    expect(text).not.toMatch(/SELECT|phone|password|stack/);
  });

  it('never tells the cause of a known problem', async () => {
    const cause = new Error('row 17 of person');
    const { text } = await answer(new Problem(commonProblems.conflict, { cause }));
    expect(text).not.toContain('row 17');
  });

  it.each([
    [undefined, 'zh-CN', '没有找到'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN', '没有找到'],
    ['fr', 'zh-CN', '没有找到'],
    ['en', 'en', 'Not found'],
    ['en-GB,en;q=0.9,zh;q=0.5', 'en', 'Not found'],
  ])('is Chinese unless English is asked for first: %s', async (asked, language, title) => {
    const { response, document } = await answer(new Problem(commonProblems.notFound), asked);
    expect(response.headers.get('content-language')).toBe(language);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(document).toMatchObject({ title, status: 404 });
  });

  it('carries its detail, its further members and when to come back', async () => {
    const problem = new Problem(commonProblems.tooManyRequests, {
      detail: { zh: '等一等', en: 'Wait' },
      extensions: { availableAt: '2026-01-01T00:00:00.000Z', status: 'not this one' },
      retryAfterSeconds: 30,
    });
    const { response, document } = await answer(problem);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(document).toMatchObject({
      detail: '等一等',
      availableAt: '2026-01-01T00:00:00.000Z',
      status: 429,
      retryable: true,
    });
  });
});

describe('a request that does not fit its schema', () => {
  const schema = z.strictObject({
    name: z.string(),
    posts: z.array(z.strictObject({ 'a/b~c': z.number() })),
  });
  const errorsOf = (part: string, value: unknown) =>
    invalidRequest(part, schema.safeParse(value).error ?? new z.ZodError([])).options.errors ?? [];

  it('is told by JSON pointers into the body, unknown fields too', () => {
    const errors = errorsOf('body', {
      posts: [{ 'a/b~c': 1 }, { 'a/b~c': 'x', more: 1 }],
      stranger: 1,
      'and/another': 2,
    });
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/and~1another',
      '/name',
      '/posts/1/a~1b~0c',
      '/posts/1/more',
      '/stranger',
    ]);
    expect(errors.find(({ pointer }) => pointer === '/stranger')?.message).toEqual({
      zh: '没有这一项',
      en: 'unknown field',
    });
  });

  it('is told by the names of parameters elsewhere, and by the root of the body itself', () => {
    expect(errorsOf('query', { posts: [] })[0]?.pointer).toBe('name');
    expect(errorsOf('body', [])[0]?.pointer).toBe('');
  });

  it('lists fifty faults at the most', () => {
    const posts = Array.from({ length: 80 }, () => ({}));
    expect(errorsOf('body', { name: 'x', posts })).toHaveLength(50);
  });
});
