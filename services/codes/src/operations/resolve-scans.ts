import { requirePermission } from '@ddp/auth/authorize';
import type { resolveScans as route } from '@ddp/contracts/codes/resolution-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';

/** What another service needs to know of several codes that are scanned at the same moment. */
export async function resolveScans(
  { scans }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const tokens = [...new Set(query.tokens.split(','))];
  const found = await Promise.all(tokens.map((token) => scans.find(token)));
  return {
    scans: tokens.map((token, index) => ({ token, scan: found[index]?.resolved.value ?? null })),
  };
}
