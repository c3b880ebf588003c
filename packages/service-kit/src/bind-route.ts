import { requirePermission } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import {
  needsKey,
  type RouteAnswer,
  type RouteDefinition,
  type RouteRequest,
} from '@ddp/contracts/route';
import { createRoute } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { timeout } from 'hono/timeout';
import type * as z from 'zod';
import { routeConfig } from './openapi.ts';
import { invalidRequest } from './problem-response.ts';
import type { RequestState } from './request-state.ts';
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
  const config = createRoute({
    ...routeConfig(route),
    middleware: [
      timeout(requestTimeoutMs),
      requireRoutePermission(route),
      requireKey(route),
      requireJson(route),
      ...(route.body ? [limitBody(route)] : []),
    ],
  });
  const hook = (
    result: { success: boolean; error?: unknown; target?: string },
    _context: unknown,
  ) => {
    if (result.success) return;
    const part = result.target === 'json' ? 'body' : String(result.target);
    throw invalidRequest(part, result.error as z.ZodError);
  };
  const respond = async (context: Context<RequestState>) => {
    const request = readRequest(route, context);
    const caller = { principal: context.get('principal'), key: context.get('idempotencyKey') };
    const headers = new Headers({ 'cache-control': 'no-store' });
    const answer = await handle(caller, request as RouteRequest<R>, headers);
    return toResponse(route, answer, headers);
  };
  app.openapi(config, respond as never, hook as never);
}

function readRequest(route: RouteDefinition, context: Context<RequestState>): unknown {
  const valid = (target: 'param' | 'query' | 'json') => context.req.valid(target as never);
  return {
    ...(route.params ? { params: valid('param') } : {}),
    ...(route.query ? { query: valid('query') } : {}),
    ...(route.body ? { body: valid('json') } : {}),
  };
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

function requireRoutePermission(route: RouteDefinition): MiddlewareHandler<RequestState> {
  return async (context, next) => {
    requirePermission(route.permission, context.get('principal'));
    await next();
  };
}

const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const keyWanted = { zh: '请在此请求头中填写 UUID', en: 'a UUID in this header' };

function requireKey(route: RouteDefinition): MiddlewareHandler<RequestState> {
  return async (context, next) => {
    const key = context.req.header('idempotency-key') ?? '';
    if (needsKey(route) && !keyPattern.test(key)) {
      throw new Problem(commonProblems.invalidRequest, {
        errors: [{ pointer: 'Idempotency-Key', message: keyWanted }],
      });
    }
    context.set('idempotencyKey', key.toLowerCase());
    await next();
  };
}

function requireJson(route: RouteDefinition): MiddlewareHandler<RequestState> {
  return async (context, next) => {
    const type = context.req.header('content-type') ?? '';
    if (route.body && !/^application\/json\s*(;|$)/i.test(type)) {
      throw new Problem(commonProblems.unsupportedMediaType);
    }
    await next();
  };
}

function limitBody(route: RouteDefinition): MiddlewareHandler {
  return bodyLimit({
    maxSize: route.bodyLimitBytes ?? defaultBodyLimitBytes,
    onError: () => {
      throw new Problem(commonProblems.bodyTooLarge);
    },
  });
}
