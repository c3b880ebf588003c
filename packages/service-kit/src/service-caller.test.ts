import { parseMasterKeys } from '@ddp/auth/keys';
import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import { systemClock } from '@ddp/calendar/clock';
import { commonProblems, Problem, renderProblem } from '@ddp/contracts/problem';
import { defineRoute } from '@ddp/contracts/route';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createServiceCaller } from './service-caller.ts';

const masterKeys = parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`);
const base = {
  service: 'points',
  permission: 'service',
  summary: { zh: '试', en: 'Try' },
  problems: [],
  status: 200,
  response: z.object({ n: z.number() }),
} as const;
const read = defineRoute({ ...base, name: 'read-n', method: 'GET', path: '/v1/n' });
const write = defineRoute({ ...base, name: 'write-n', method: 'POST', path: '/v1/n' });

const key = '0195512a-0000-7000-8000-000000000001';
const call = { requestId: 'request-1' };
const fine = () => Response.json({ n: 1 });

function problem(definition: (typeof commonProblems)[keyof typeof commonProblems]): Response {
  const document = renderProblem(new Problem(definition), 'en', 'request-1');
  return new Response(JSON.stringify(document), {
    status: definition.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

type Answer = (request: Request) => Response | Promise<Response>;

/** A caller whose peer answers in turn, the last answer for ever. */
function callerOf(...answers: Answer[]) {
  const requests: Request[] = [];
  const caller = createServiceCaller({
    service: 'ratings',
    masterKeys,
    clock: systemClock,
    peerOf: (service) => ({
      baseUrl: `http://${service}.test`,
      fetch: async (request) => {
        requests.push(request);
        const answer = answers[Math.min(requests.length, answers.length) - 1];
        return answer ? answer(request) : fine();
      },
    }),
  });
  return { caller, requests };
}

const busy = () => problem(commonProblems.busy);
const unreachable = () => {
  throw new TypeError('fetch failed');
};

describe('a call to a service', () => {
  it('carries who calls on whose behalf, the request id and the key', async () => {
    const { caller, requests } = callerOf(fine);
    expect(await caller.call(write, {}, { ...call, key, onBehalfOf: key })).toEqual({ n: 1 });
    const headers = requests[0]?.headers ?? new Headers();
    expect(headers.get('x-request-id')).toBe('request-1');
    expect(headers.get('idempotency-key')).toBe(key);
    const verify = createPrincipalVerifier(masterKeys, 'points');
    expect(verify(headers.get(principalHeader) ?? '', Date.now())).toEqual({
      kind: 'service',
      service: 'ratings',
      onBehalfOf: key,
      requestId: 'request-1',
    });
  });

  it.each([
    ['a service that is busy', busy],
    ['a service that fails', () => problem(commonProblems.internal)],
    ['a network that breaks', unreachable],
  ])('is repeated after %s, where a repeat is safe', async (_name, fault) => {
    const reading = callerOf(fault, fine);
    expect(await reading.caller.call(read, {}, call)).toEqual({ n: 1 });
    const keyed = callerOf(fault, fine);
    expect(await keyed.caller.call(write, {}, { ...call, key })).toEqual({ n: 1 });
    const keys = keyed.requests.map((request) => request.headers.get('idempotency-key'));
    expect(keys).toEqual([key, key]);
    expect(reading.requests).toHaveLength(2);
  });

  it('is never repeated when it changes something and has no key', async () => {
    for (const fault of [busy, unreachable]) {
      const { caller, requests } = callerOf(fault, fine);
      await expect(caller.call(write, {}, call)).rejects.toThrow();
      expect(requests).toHaveLength(1);
    }
  });

  it('is not repeated after a refusal', async () => {
    const { notFound, conflict, forbidden, tooManyRequests } = commonProblems;
    for (const definition of [notFound, conflict, forbidden, tooManyRequests]) {
      const { caller, requests } = callerOf(() => problem(definition), fine);
      await expect(caller.call(read, {}, call)).rejects.toMatchObject({ slug: definition.slug });
      expect(requests).toHaveLength(1);
    }
  });

  it('is given up after three tries, with what it met', async () => {
    const { caller, requests } = callerOf(busy);
    await expect(caller.call(read, {}, call)).rejects.toMatchObject({ slug: 'busy' });
    expect(requests).toHaveLength(3);
  });

  it('is not repeated when the wait for it would pass the deadline', async () => {
    const { caller, requests } = callerOf(busy);
    const late = caller.call(read, {}, { ...call, deadlineMs: 90 });
    await expect(late).rejects.toMatchObject({ slug: 'busy' });
    expect(requests).toHaveLength(1);
  });
});

describe('the deadline of a call', () => {
  const options = { ...call, deadlineMs: 60 };
  const never: Answer = () => new Promise(() => undefined);

  it('ends it over a network, and the request with it', async () => {
    let isAborted = false;
    const { caller } = callerOf(
      (request) =>
        new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            isAborted = true;
            reject(request.signal.reason);
          });
        }),
    );
    await expect(caller.call(read, {}, options)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(isAborted).toBe(true);
  });

  it('ends it for a mounted service that does not look at the signal', async () => {
    const { caller, requests } = callerOf(never);
    await expect(caller.call(read, {}, options)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toHaveLength(1);
  });

  it('holds for all tries together', async () => {
    const { caller, requests } = callerOf(busy, never);
    const late = caller.call(read, {}, { ...call, deadlineMs: 300 });
    await expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toHaveLength(2);
  });
});
