import { createPrincipalVerifier, principalHeader } from '@ddp/auth/principal-token';
import type { Fetch } from '@ddp/contracts/call';
import type { Principal } from '@ddp/contracts/principal';
import { type ServiceName, serviceNames } from '@ddp/contracts/service-name';
import type { Environment } from '@ddp/service-kit/config';
import { listen } from '@ddp/service-kit/http-server';
import { createHarness } from '@ddp/testing/module-harness';
import { gatewayModule } from '../src/module.ts';
import type { SessionPrincipal } from '../src/sessions.ts';

export interface Seen {
  service: ServiceName;
  path: string;
  headers: Headers;
  principal: Principal;
  body: string;
}

export interface GatewayHouseOptions {
  environment?: Environment;
  redisUrl?: string;
  /** In place of the answers that a service here gives by itself. */
  peers?: Partial<Record<ServiceName, Fetch>>;
}

/** A token of the form that identity draws. */
export const drawToken = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** The gateway at a port of its own, before services that note what reaches them. */
export async function openGatewayHouse(options: GatewayHouseOptions = {}) {
  const seen: Seen[] = [];
  const sessions = new Map<string, SessionPrincipal>();
  let lookUps = 0;

  const lookUp = async (request: Request): Promise<Response> => {
    lookUps += 1;
    const { token } = (await request.json()) as { token: string };
    const session = sessions.get(token);
    return session ? Response.json(session) : problem(404);
  };
  const note = async (service: ServiceName, request: Request): Promise<Response> => {
    const verify = createPrincipalVerifier(harness.context.host.DDP_MASTER_KEY, service);
    const principal = verify(request.headers.get(principalHeader) ?? '', Date.now());
    const { pathname, search } = new URL(request.url);
    const { headers } = request;
    seen.push({
      service,
      path: `${pathname}${search}`,
      headers,
      principal,
      body: await request.text(),
    });
    return Response.json({ service });
  };
  const answerAs =
    (service: ServiceName): Fetch =>
    async (request) => {
      const { pathname } = new URL(request.url);
      const own = options.peers?.[service];
      if (service === 'identity' && pathname === '/v1/session-lookups') return lookUp(request);
      if (own) return own(request);
      return pathname === '/healthz' ? Response.json({ status: 'ok' }) : note(service, request);
    };
  const harness = await createHarness({
    modules: [],
    peers: Object.fromEntries(serviceNames.map((name) => [name, answerAs(name)])),
    ...(options.environment ? { environment: options.environment } : {}),
  });
  const { context } = harness;
  const host = { ...context.host, ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}) };
  const gateway = await gatewayModule.create({ ...context, host });
  const server = await listen(gateway.fetch, { port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${server.port}`;

  return {
    url,
    seen,
    /** What identity knows; a test adds to it and takes away. */
    sessions,
    lookUps: () => lookUps,
    redisPrefix: context.host.REDIS_PREFIX,
    /** Signs a new resident in, as identity would; gives the token. */
    signIn(): string {
      const token = drawToken();
      sessions.set(token, newSession());
      return token;
    },
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, { redirect: 'manual', ...init }),
    async stop() {
      await server.close(0);
      await gateway.stop();
      await harness.stop();
    },
  };
}

export type GatewayHouse = Awaited<ReturnType<typeof openGatewayHouse>>;

/** A session of a new resident. */
export function newSession(): SessionPrincipal {
  return {
    personId: crypto.randomUUID(),
    sessionId: crypto.randomUUID(),
    role: 'resident',
    areaPaths: ['/1506/150603/'],
    programmeId: null,
    merchantId: null,
  };
}

function problem(status: number): Response {
  const document = {
    type: 'urn:ddp:problem:not-found',
    title: '没有找到',
    status,
    retryable: false,
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/** The headers of a browser with a session. */
export const withSession = (token: string): { cookie: string } => ({
  cookie: `ddp_session=${token}`,
});
