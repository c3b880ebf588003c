import { randomUUID } from 'node:crypto';
import type { NamedKey } from '@ddp/auth/keys';
import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import type { Clock } from '@ddp/calendar/clock';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { speakBothLanguages } from './field-messages.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { respondProblem, toProblem } from './problem-response.ts';
import { type RequestState, requestIdHeader } from './request-state.ts';

export interface ServiceAppOptions {
  service: string;
  masterKeys: readonly NamedKey[];
  clock: Clock;
  log: Log;
  metrics: Metrics;
  checkReady: () => Promise<void>;
}

export type ServiceApp = Hono<RequestState>;

/** A Hono app with what every service has: request id, principal, problems, health, figures. */
export function createServiceApp(options: ServiceAppOptions): ServiceApp {
  speakBothLanguages();
  const app = new Hono<RequestState>();
  app.use(attend(options));
  app.get('/healthz', async (context) => {
    await options.checkReady();
    return context.json({ status: 'ok', service: options.service });
  });
  app.get('/metrics', async (context) => {
    context.header('content-type', options.metrics.registry.contentType);
    return context.body(await options.metrics.registry.metrics());
  });
  app.onError((error, context) => respondFailure(options, context, error));
  app.notFound((context) =>
    respondProblem(context, new Problem(commonProblems.notFound), context.get('requestId')),
  );
  return app;
}

/**
 * Names, times and counts each request, and tells who asks: without a principal nobody, and one with
 * a bad principal is refused, whatever was asked for.
 */
function attend(options: ServiceAppOptions): MiddlewareHandler<RequestState> {
  const { service, clock, log } = options;
  const verify = createPrincipalVerifier(options.masterKeys, service);
  const readPrincipal = (token: string | undefined, requestId: string): Principal =>
    token
      ? verify(token, clock.now().getTime() - clock.offsetMs())
      : { kind: 'anonymous', deviceId: null, requestId };
  return async (context, next) => {
    const given = context.req.header(requestIdHeader);
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    context.set('requestId', requestId);
    const startedAt = performance.now();
    try {
      context.set('principal', readPrincipal(context.req.header(principalHeader), requestId));
      await next();
    } catch (error) {
      context.res = respondFailure(options, context, error);
    }
    // A header set behind the answer makes Hono copy it into a stream.
    if (!context.get('hasToldId')) context.header(requestIdHeader, requestId);
    const seconds = (performance.now() - startedAt) / 1000;
    const route = routePath(context, -1);
    const status = context.res.status;
    options.metrics.requests.observe({ service, route, status }, seconds);
    log.debug({ service, route, status, seconds, requestId }, 'request');
  };
}

function respondFailure(
  { log }: ServiceAppOptions,
  context: Context<RequestState>,
  error: unknown,
): Response {
  const requestId = context.get('requestId');
  const problem = toProblem(error);
  logFailure(log, problem, error, requestId);
  return respondProblem(context, problem, requestId);
}

/** A passing lack of room is one line without a stack: it comes a thousand times a second. */
function logFailure(log: Log, problem: Problem, error: unknown, requestId: string): void {
  const cause = problem.options.cause ?? error;
  if (problem.definition.status === commonProblems.busy.status) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    log.warn({ reason, requestId }, 'a request was asked to come back');
  } else if (problem.definition.status >= 500) {
    log.error({ err: cause, requestId }, 'a request failed');
  }
}
