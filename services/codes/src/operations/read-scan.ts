import { requirePermission } from '@ddp/auth/authorize';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type { resolveScan as resolveRoute, readScan as route } from '@ddp/contracts/codes/routes';
import { type ResolvedScan, scanSchema } from '@ddp/contracts/codes/schemas';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { parseShortCode } from '@ddp/qr/short-code';
import { isToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findScan } from '../store/codes.ts';

/** A token as scanned or a short code as typed; whatever is not in force answers alike. */
export async function findScanByText(
  { store }: CodesDeps,
  text: string,
): Promise<ResolvedScan | null> {
  if (isToken(text)) return findScan(store.db, store.clock, { token: text });
  const shortCode = parseShortCode(text);
  return shortCode === null ? null : findScan(store.db, store.clock, { shortCode });
}

async function readScanByText(deps: CodesDeps, text: string): Promise<ResolvedScan> {
  const scan = await findScanByText(deps, text);
  if (!scan) throw new Problem(codesProblems.invalidCode);
  return scan;
}

/** What the public sees of a code. */
export async function readScan(
  deps: CodesDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  return scanSchema.parse(await readScanByText(deps, params.token));
}

/** What another service needs to know of a code. */
export async function resolveScan(
  deps: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof resolveRoute>,
): Promise<RouteResult<typeof resolveRoute>> {
  requirePermission('service', principal);
  return readScanByText(deps, params.token);
}
