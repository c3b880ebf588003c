import { decidePermission } from '@ddp/auth/permission-table';
import { createPrincipalSigner } from '@ddp/auth/principal-token';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { scanPages } from '@ddp/contracts/ratings/pages';
import { needsKey } from '@ddp/contracts/route';
import { type ServiceName, serviceNames } from '@ddp/contracts/service-name';
import { createOpenApiDocument } from '@ddp/service-kit/openapi';
import type { RequestState } from '@ddp/service-kit/request-state';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { giveDevice, readDevice, readSessionToken } from '../cookies.ts';
import type { GatewayDeps } from '../deps.ts';
import { bindDocs } from '../docs.ts';
import { forward } from '../forward.ts';
import { findRoute, publicRoutes } from '../route-table.ts';
import { isSameOrigin } from '../same-origin.ts';

type GatewayContext = Context<RequestState>;

const bodyLimitBytes = 1024 * 1024;
const signInPaths = new Set(['/v1/code-requests', '/v1/code-sessions', '/v1/password-sessions']);

/** One origin: the services' public routes, the scan pages, and the document over all of them. */
export function bindRoutes(app: ServiceApp, deps: GatewayDeps): void {
  const limit = bodyLimit({
    maxSize: bodyLimitBytes,
    onError: () => {
      throw new Problem(commonProblems.bodyTooLarge);
    },
  });
  const document = createOpenApiDocument(publicRoutes);
  app.get('/openapi.json', (context) => context.json(document));
  bindDocs(app);
  for (const page of Object.values(scanPages)) {
    const path = page.path.replace('{token}', ':token');
    app.on(page.method, path, limit, (context) => passPage(deps, context));
  }
  app.all('/api/:service/*', limit, (context) => passRoute(deps, context));
}

async function passRoute(deps: GatewayDeps, context: GatewayContext): Promise<Response> {
  const service = context.req.param('service') ?? '';
  const url = new URL(context.req.url);
  const path = url.pathname.slice(`/api/${service}`.length);
  const route = findRoute(service, context.req.method, path);
  if (!route) throw new Problem(commonProblems.notFound);
  const { principal, token } = await identify(deps, context, signInPaths.has(path));
  const verdict = decidePermission(route.permission, principal);
  if (verdict === 'not-signed-in') throw new Problem(commonProblems.notSignedIn);
  if (verdict === 'forbidden') throw new Problem(commonProblems.forbidden);
  const answer = await send(deps, context, route.service, `${path}${url.search}`, principal);
  if (token !== undefined && !needsKey(route) && route.method !== 'GET') {
    deps.sessions.forget(token);
  }
  return answer;
}

async function passPage(deps: GatewayDeps, context: GatewayContext): Promise<Response> {
  const { principal } = await identify(deps, context, false);
  const known =
    principal.kind === 'anonymous' && principal.deviceId === null
      ? { ...principal, deviceId: giveDevice(context) }
      : principal;
  const { pathname, search } = new URL(context.req.url);
  return send(deps, context, 'ratings', `${pathname}${search}`, known);
}

/** Who asks, after the limits and the check of where the request comes from. */
async function identify(
  deps: GatewayDeps,
  context: GatewayContext,
  isSignIn: boolean,
): Promise<{ principal: Principal; token: string | undefined }> {
  const token = readSessionToken(context);
  const address = clientAddress(context, deps.config.GATEWAY_TRUSTED_HOPS);
  const changes = context.req.method !== 'GET' && context.req.method !== 'HEAD';
  // A request from within this process has no such header: its address is its own.
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (changes && !isSameOrigin(context.req.raw.headers, host, token !== undefined)) {
    throw new Problem(commonProblems.forbidden, {
      detail: { zh: '请求来源不明', en: 'The request does not come from this site' },
    });
  }
  const limit = isSignIn ? deps.signInLimit : deps.requestLimit;
  const waitSeconds = await limit.take(isSignIn ? address : (token ?? address));
  if (waitSeconds !== null) {
    throw new Problem(commonProblems.tooManyRequests, { retryAfterSeconds: waitSeconds });
  }
  const requestId = context.get('requestId');
  const session = token === undefined ? null : await deps.sessions.read(token, requestId);
  const principal: Principal = session
    ? { kind: 'person', ...session, requestId }
    : { kind: 'anonymous', deviceId: readDevice(context), requestId };
  return { principal, token };
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

/** The caller's address: of the connection, or as the nearest trusted proxy saw it. */
function clientAddress(context: GatewayContext, trustedHops: number): string {
  const forwarded = context.req.header('x-forwarded-for')?.split(',') ?? [];
  const named = trustedHops > 0 ? forwarded.at(-trustedHops)?.trim() : undefined;
  if (named) return named;
  return context.env ? (getConnInfo(context).remote.address ?? 'unknown') : 'unknown';
}

/** A signer for each service, made once. */
export function createSigners(masterKeys: Parameters<typeof createPrincipalSigner>[0]) {
  return Object.fromEntries(
    serviceNames.map((name) => [name, createPrincipalSigner(masterKeys, name)]),
  ) as Record<ServiceName, ReturnType<typeof createPrincipalSigner>>;
}
