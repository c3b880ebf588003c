import { randomUUID } from 'node:crypto';
import type { NamedKey } from '@ddp/auth/keys';
import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import type { Clock } from '@ddp/calendar/clock';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { Hono, type MiddlewareHandler } from 'hono';
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
  app.use(observe(options));
  app.use(identify(options));
  app.get('/healthz', async (context) => {
    await options.checkReady();
    return context.json({ status: 'ok', service: options.service });
  });
  app.get('/metrics', async (context) => {
    context.header('content-type', options.metrics.registry.contentType);
    return context.body(await options.metrics.registry.metrics());
  });
  app.onError((error, context) => {
    const requestId = context.get('requestId');
    const problem = toProblem(error);
    logFailure(options.log, problem, error, requestId);
    return respondProblem(context, problem, requestId);
  });
  app.notFound((context) =>
    respondProblem(context, new Problem(commonProblems.notFound), context.get('requestId')),
  );
  return app;
}

/** Names, times and counts each request. */
function observe(options: ServiceAppOptions): MiddlewareHandler<RequestState> {
  return async (context, next) => {
    const given = context.req.header(requestIdHeader);
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    context.set('requestId', requestId);
    const startedAt = performance.now();
    await next();
    // A header set behind the answer makes Hono copy it into a stream.
    if (!context.get('hasToldId')) context.header(requestIdHeader, requestId);
    const seconds = (performance.now() - startedAt) / 1000;
    const route = routePath(context, -1);
    const status = context.res.status;
    options.metrics.requests.observe({ service: options.service, route, status }, seconds);
    options.log.debug({ service: options.service, route, status, seconds, requestId }, 'request');
  };
}

/** A request without a principal is anonymous; one with a bad principal is refused. */
function identify(options: ServiceAppOptions): MiddlewareHandler<RequestState> {
  const verify = createPrincipalVerifier(options.masterKeys, options.service);
  return async (context, next) => {
    const token = context.req.header(principalHeader);
    const requestId = context.get('requestId');
    context.set(
      'principal',
      token
        ? verify(token, options.clock.now().getTime() - options.clock.offsetMs())
        : { kind: 'anonymous', deviceId: null, requestId },
    );
    await next();
  };
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
