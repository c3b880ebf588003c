import { decidePermission } from '@ddp/auth/permission-table';
import { createPrincipalSigner } from '@ddp/auth/principal-token';
import { allPages } from '@ddp/contracts/all-pages';
import type { PageDefinition } from '@ddp/contracts/page';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { needsKey, type RouteDefinition } from '@ddp/contracts/route';
import { type ServiceName, serviceNames } from '@ddp/contracts/service-name';
import { limitBody } from '@ddp/service-kit/body-limit';
import { createDeadline } from '@ddp/service-kit/deadline';
import { createOpenApiDocument } from '@ddp/service-kit/openapi';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { Context, MiddlewareHandler } from 'hono';
import { writeDevice } from '../cookies.ts';
import type { GatewayDeps } from '../deps.ts';
import { bindDocs } from '../docs.ts';
import { forward } from '../forward.ts';
import { findRoute, publicRoutes } from '../route-table.ts';
import { bindWebApps } from '../web-apps.ts';
import { type GatewayContext, identify } from './identify.ts';

const usualLimitBytes = 1024 * 1024;
const signInPaths = new Set(['/v1/code-requests', '/v1/code-sessions', '/v1/password-sessions']);

/** One origin: the services' public routes, the scan pages, and the document over all of them. */
export function bindRoutes(app: ServiceApp, deps: GatewayDeps): void {
  const withinDeadline = createDeadline(deps.config.GATEWAY_DEADLINE_MS);
  const document = createOpenApiDocument(publicRoutes);
  app.get('/', (context) => context.redirect('/app/'));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.get('/openapi.json', (context) => context.json(document));
  bindDocs(app);
  bindWebApps(app);
  for (const page of allPages) {
    const path = page.path.replace(/\{(\w+)\}/, ':$1');
    const limit = limitBody(page.bodyLimitBytes ?? usualLimitBytes);
    app.on(page.method, path, limit, (context) =>
      withinDeadline(() => passPage(deps, context, page)),
    );
  }
  app.all('/api/:service/*', limitRoute, (context) =>
    withinDeadline(() => passRoute(deps, context)),
  );
}

const usualLimit = limitBody(usualLimitBytes);

/** More than usual only where the route says so. */
const limitRoute: MiddlewareHandler = (context, next) => {
  const most = routeOf(context)?.bodyLimitBytes ?? 0;
  return most > usualLimitBytes ? limitBody(most)(context, next) : usualLimit(context, next);
};

function routeOf(context: Context): RouteDefinition | null {
  const service = context.req.param('service') ?? '';
  const path = new URL(context.req.url).pathname.slice(`/api/${service}`.length);
  return findRoute(service, context.req.method, path);
}

async function passRoute(deps: GatewayDeps, context: GatewayContext): Promise<Response> {
  const service = context.req.param('service') ?? '';
  const url = new URL(context.req.url);
  const path = url.pathname.slice(`/api/${service}`.length);
  const route = findRoute(service, context.req.method, path);
  if (!route) throw new Problem(commonProblems.notFound);
  const isSignIn = signInPaths.has(path);
  const { principal, token } = await identify(deps, context, isSignIn);
  const verdict = decidePermission(route.permission, principal);
  if (verdict === 'not-signed-in') throw new Problem(commonProblems.notSignedIn);
  if (verdict === 'forbidden') throw new Problem(commonProblems.forbidden);
  const marked = isSignIn ? markDevice(principal) : principal;
  const answer = await send(deps, context, route.service, `${path}${url.search}`, marked);
  if (isSignIn && marked.kind !== 'service' && marked.deviceId) {
    answer.headers.append('set-cookie', writeDevice(marked.deviceId, deps.config.isSecure));
  }
  if (token !== undefined && !needsKey(route) && route.method !== 'GET') {
    deps.sessions.forget(token);
  }
  return answer;
}

/**
 * Whoever signs in has a mark from then on, so that a clerk's phone can be told from another; each
 * sign-in prolongs it, or a phone in daily use would be a stranger after a year.
 */
function markDevice(principal: Principal): Principal {
  const isUnmarked = principal.kind !== 'service' && !principal.deviceId;
  return isUnmarked ? { ...principal, deviceId: crypto.randomUUID() } : principal;
}

async function passPage(
  deps: GatewayDeps,
  context: GatewayContext,
  { service }: PageDefinition,
): Promise<Response> {
  const { principal } = await identify(deps, context, false);
  const { pathname, search } = new URL(context.req.url);
  const path = `${pathname}${search}`;
  if (principal.kind !== 'anonymous' || principal.deviceId !== null) {
    return send(deps, context, service, path, principal);
  }
  const deviceId = crypto.randomUUID();
  const answer = await send(deps, context, service, path, { ...principal, deviceId });
  answer.headers.append('set-cookie', writeDevice(deviceId, deps.config.isSecure));
  return answer;
}

function send(
  deps: GatewayDeps,
  context: GatewayContext,
  service: ServiceName,
  path: string,
  principal: Principal,
): Promise<Response> {
  return forward(context.req.raw, {
    peer: deps.peerOf(service),
    path,
    principal,
    sign: deps.signers[service],
    nowMs: deps.clock.now().getTime() - deps.clock.offsetMs(),
    deadlineMs: deps.config.GATEWAY_DEADLINE_MS,
  });
}

/** A signer for each service, made once. */
export function createSigners(masterKeys: Parameters<typeof createPrincipalSigner>[0]) {
  return Object.fromEntries(
    serviceNames.map((name) => [name, createPrincipalSigner(masterKeys, name)]),
  ) as Record<ServiceName, ReturnType<typeof createPrincipalSigner>>;
}
