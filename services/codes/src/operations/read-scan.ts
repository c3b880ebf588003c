import { requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type { resolveScan as resolveRoute, readScan as route } from '@ddp/contracts/codes/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller, KeptAnswer } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';

/** What the public sees of a code; whatever is not in force answers alike. */
export async function readScan(
  { scans }: CodesDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<KeptAnswer<RouteResult<typeof route>>> {
  const known = await scans.find(params.token);
  if (!known) throw new Problem(codesProblems.invalidCode);
  return known.shown;
}

/** What another service needs to know of a code. */
export async function resolveScan(
  { scans, scanCounter, clock }: CodesDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof resolveRoute>,
): Promise<KeptAnswer<RouteResult<typeof resolveRoute>>> {
  requirePermission('service', principal);
  const known = await scans.find(params.token);
  if (!known) throw new Problem(codesProblems.invalidCode);
  if (query.isVisit) scanCounter.count(known.resolved.value.codeId, civilDateOf(clock.now()));
  return known.resolved;
}
