import { requirePermission } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import {
  needsKey,
  type RouteAnswer,
  type RouteDefinition,
  type RouteRequest,
} from '@ddp/contracts/route';
import type { Context, HonoRequest } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';
import { readPieces, tellsLength } from './body-limit.ts';
import { createDeadline } from './deadline.ts';
import { invalidRequest } from './problem-response.ts';
import { type RequestState, requestIdHeader } from './request-state.ts';
import type { ServiceApp } from './service-app.ts';

export interface Caller {
  principal: Principal;
  /** The caller's Idempotency-Key; empty for routes that need none. */
  key: string;
}

/** What a handler may say beside its answer. */
export interface AnswerHeaders {
  /** `no-store` unless the handler says more. */
  cacheControl: string;
  /** Texts of `Set-Cookie`. */
  cookies: string[];
}

export type RouteHandler<R extends RouteDefinition> = (
  caller: Caller,
  request: RouteRequest<R>,
  headers: AnswerHeaders,
) => Promise<RouteAnswer<R> | KeptAnswer<RouteAnswer<R>>>;

const defaultBodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 15_000;

/**
 * An answer that is told again and again: its text is made once. Whoever gives it must not change
 * the value.
 */
export class KeptAnswer<Answer> {
  readonly value: Answer;
  #text: string | undefined;

  constructor(value: Answer) {
    this.value = value;
  }

  get text(): string {
    this.#text ??= JSON.stringify(this.value);
    return this.#text;
  }
}

const withinDeadline = createDeadline(requestTimeoutMs);

/**
 * Binds a contract route to one operation: permission, idempotency key, limits and validation come
 * first, in this order, so that a stranger learns nothing from a malformed request.
 */
export function bindRoute<R extends RouteDefinition>(
  app: ServiceApp,
  route: R,
  handle: RouteHandler<R>,
): void {
  const pattern = route.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(route.method, pattern, (context: Context<RequestState>) =>
    withinDeadline(async () => {
      const principal = context.get('principal');
      requirePermission(route.permission, principal);
      const key = readKey(route, context.req);
      requireJson(route, context.req);
      const text = route.body ? await readText(route, context.req) : '';
      const request = readRequest(route, context.req, text) as RouteRequest<R>;
      const headers: AnswerHeaders = { cacheControl: 'no-store', cookies: [] };
      const answer = await handle({ principal, key }, request, headers);
      return toResponse(route, answer, context, headers);
    }),
  );
}

interface RequestParts {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

function readRequest(route: RouteDefinition, req: HonoRequest, text: string): RequestParts {
  const parts: RequestParts = {};
  if (route.params) parts.params = check(route.params, 'param', req.param());
  if (route.query) parts.query = check(route.query, 'query', readQuery(req));
  if (route.body) parts.body = check(route.body, 'body', parseJson(text));
  return parts;
}

/** The body as text. */
async function readText(route: RouteDefinition, req: HonoRequest): Promise<string> {
  const most = route.bodyLimitBytes ?? defaultBodyLimitBytes;
  if (tellsLength(req.raw.headers, most)) return req.text();
  return new TextDecoder().decode(await readPieces(req.raw, most));
}

function check(schema: z.ZodType, part: string, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(part, result.error);
  return result.data;
}

/** A name that is there once is text, one that is repeated is a list. */
function readQuery(req: HonoRequest): Record<string, string | string[]> {
  if (!req.url.includes('?')) return {};
  return Object.fromEntries(
    Object.entries(req.queries()).map(([name, values]) => {
      const [only, ...more] = values;
      return [name, only === undefined || more.length > 0 ? values : only];
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HTTPException(400, { cause });
  }
}

/** Plain, since a Headers object costs more than all that is in it; only cookies need one. */
function toResponse(
  route: RouteDefinition,
  answer: unknown,
  context: Context<RequestState>,
  { cacheControl, cookies }: AnswerHeaders,
): Response {
  context.set('hasToldId', true);
  const type = route.response ? 'application/json; charset=utf-8' : route.mediaType;
  const plain: Record<string, string> = {
    'cache-control': cacheControl,
    [requestIdHeader]: context.get('requestId'),
  };
  if (type) plain['content-type'] = type;
  if (route.mediaType) plain['x-content-type-options'] = 'nosniff';
  // Proxies before us would hold events back.
  if (route.mediaType === 'text/event-stream') plain['x-accel-buffering'] = 'no';
  const headers = cookies.length === 0 ? plain : new Headers(plain);
  if (headers instanceof Headers) {
    for (const cookie of cookies) headers.append('set-cookie', cookie);
  }
  return new Response(toBody(route, answer), { status: route.status, headers });
}

function toBody(route: RouteDefinition, answer: unknown) {
  if (route.response) {
    return answer instanceof KeptAnswer ? answer.text : JSON.stringify(answer);
  }
  return route.mediaType ? (answer as Uint8Array<ArrayBuffer> | ReadableStream) : null;
}

const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const keyWanted = { zh: '请在此请求头中填写 UUID', en: 'a UUID in this header' };

function readKey(route: RouteDefinition, req: HonoRequest): string {
  const key = req.header('idempotency-key') ?? '';
  if (needsKey(route) && !keyPattern.test(key)) {
    throw new Problem(commonProblems.invalidRequest, {
      errors: [{ pointer: 'Idempotency-Key', message: keyWanted }],
    });
  }
  return key.toLowerCase();
}

function requireJson(route: RouteDefinition, req: HonoRequest): void {
  if (route.body && !/^application\/json\s*(;|$)/i.test(req.header('content-type') ?? '')) {
    throw new Problem(commonProblems.unsupportedMediaType);
  }
}
