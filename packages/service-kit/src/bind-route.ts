import { requirePermission } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import {
  needsKey,
  type RouteAnswer,
  type RouteDefinition,
  type RouteRequest,
} from '@ddp/contracts/route';
import type { Context, HonoRequest, MiddlewareHandler, Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import type * as z from 'zod';
import { invalidRequest } from './problem-response.ts';
import { type RequestState, requestIdHeader } from './request-state.ts';
import type { ServiceApp } from './service-app.ts';

export interface Caller {
  principal: Principal;
  /** The caller's Idempotency-Key; empty for routes that need none. */
  key: string;
}

/** Answers a route's request; `headers` may set a cookie or a cache time. */
export type RouteHandler<R extends RouteDefinition> = (
  caller: Caller,
  request: RouteRequest<R>,
  headers: Headers,
) => Promise<RouteAnswer<R>>;

const defaultBodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 15_000;

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
  app.on(
    route.method,
    pattern,
    timeout(requestTimeoutMs),
    async (context: Context<RequestState>, next: Next) => {
      requirePermission(route.permission, context.get('principal'));
      context.set('idempotencyKey', readKey(route, context));
      requireJson(route, context);
      await next();
    },
    ...(route.body ? [limitBody(route)] : []),
    async (context: Context<RequestState>) => {
      const request = await readRequest(route, context);
      const caller = { principal: context.get('principal'), key: context.get('idempotencyKey') };
      const headers = new Headers({
        'cache-control': 'no-store',
        [requestIdHeader]: context.get('requestId'),
      });
      const answer = await handle(caller, request as RouteRequest<R>, headers);
      return toResponse(route, answer, headers);
    },
  );
}

async function readRequest(
  route: RouteDefinition,
  { req }: Context<RequestState>,
): Promise<unknown> {
  return {
    ...(route.params ? { params: check(route.params, 'param', req.param()) } : {}),
    ...(route.query ? { query: check(route.query, 'query', readQuery(req)) } : {}),
    ...(route.body ? { body: check(route.body, 'body', parseJson(await req.text())) } : {}),
  };
}

function check(schema: z.ZodType, part: string, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(part, result.error);
  return result.data;
}

/** A name that is there once is text, one that is repeated is a list. */
function readQuery(req: HonoRequest): Record<string, string | string[]> {
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

function toResponse(route: RouteDefinition, answer: unknown, headers: Headers): Response {
  if (route.response) {
    headers.set('content-type', 'application/json; charset=utf-8');
    return new Response(JSON.stringify(answer), { status: route.status, headers });
  }
  if (route.mediaType) {
    headers.set('content-type', route.mediaType);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(answer as Uint8Array<ArrayBuffer> | ReadableStream, {
      status: route.status,
      headers,
    });
  }
  return new Response(null, { status: route.status, headers });
}

const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const keyWanted = { zh: '请在此请求头中填写 UUID', en: 'a UUID in this header' };

function readKey(route: RouteDefinition, { req }: Context<RequestState>): string {
  const key = req.header('idempotency-key') ?? '';
  if (needsKey(route) && !keyPattern.test(key)) {
    throw new Problem(commonProblems.invalidRequest, {
      errors: [{ pointer: 'Idempotency-Key', message: keyWanted }],
    });
  }
  return key.toLowerCase();
}

function requireJson(route: RouteDefinition, { req }: Context<RequestState>): void {
  if (route.body && !/^application\/json\s*(;|$)/i.test(req.header('content-type') ?? '')) {
    throw new Problem(commonProblems.unsupportedMediaType);
  }
}

/**
 * A length that was told is enough: the HTTP server reads no more than that. Only a body in pieces
 * is counted as it comes, which costs a stream for each request.
 */
function limitBody(route: RouteDefinition): MiddlewareHandler {
  const maxSize = route.bodyLimitBytes ?? defaultBodyLimitBytes;
  const refuse = (): never => {
    throw new Problem(commonProblems.bodyTooLarge);
  };
  const countPieces = bodyLimit({ maxSize, onError: refuse });
  return async (context, next) => {
    const told = context.req.header('content-length');
    const isInPieces = context.req.header('transfer-encoding') !== undefined;
    if (told === undefined || isInPieces) return countPieces(context, next);
    if (Number(told) > maxSize) refuse();
    await next();
  };
}
