import { isIP } from 'node:net';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RequestState } from '@ddp/service-kit/request-state';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { readDevice, readSessionToken } from '../cookies.ts';
import type { GatewayDeps } from '../deps.ts';
import type { RateLimit } from '../rate-limits.ts';
import { isSameOrigin } from '../same-origin.ts';

export type GatewayContext = Context<RequestState>;

export interface Identified {
  principal: Principal;
  token: string | undefined;
}

/**
 * Who asks, after the check of where the request comes from and the limits. A token that is not
 * known to be good counts against the address before identity is asked about it.
 */
export async function identify(
  deps: GatewayDeps,
  context: GatewayContext,
  isSignIn: boolean,
): Promise<Identified> {
  const { config, sessions } = deps;
  const token = readSessionToken(context);
  refuseOtherOrigin(context, token !== undefined);
  const address = clientAddress(context, config.GATEWAY_TRUSTED_HOPS);
  const knownId = token === undefined ? null : sessions.findKnownId(token);
  if (isSignIn) await spend(deps.signInLimit, address);
  else if (knownId === null) await spend(deps.addressLimit, address);
  else await spend(deps.requestLimit, knownId);
  const requestId = context.get('requestId');
  const session = token === undefined ? null : await sessions.read(token, requestId);
  if (session && !isSignIn && knownId === null) await spend(deps.requestLimit, session.sessionId);
  const from = {
    deviceId: readDevice(context, config.isSecure),
    network: deps.markNetwork(address, civilDateOf(deps.clock.now())),
  };
  const principal: Principal = session
    ? { kind: 'person', ...session, ...from, requestId }
    : { kind: 'anonymous', ...from, requestId };
  return { principal, token };
}

function refuseOtherOrigin(context: GatewayContext, hasSession: boolean): void {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return;
  // A request from within this process has no such header: its address is its own.
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (isSameOrigin(context.req.raw.headers, host, hasSession)) return;
  throw new Problem(commonProblems.forbidden, {
    detail: { zh: '请求来源不明', en: 'The request does not come from this site' },
  });
}

async function spend(limit: RateLimit, key: string): Promise<void> {
  const retryAfterSeconds = await limit.take(key);
  if (retryAfterSeconds === null) return;
  throw new Problem(commonProblems.tooManyRequests, { retryAfterSeconds });
}

/** The caller's address: of the connection, or as the nearest trusted proxy saw it. */
function clientAddress(context: GatewayContext, trustedHops: number): string {
  const forwarded = context.req.header('x-forwarded-for')?.split(',') ?? [];
  const named = trustedHops > 0 ? (forwarded.at(-trustedHops)?.trim() ?? '') : '';
  if (isIP(named) !== 0) return named;
  return context.env ? (getConnInfo(context).remote.address ?? 'unknown') : 'unknown';
}
