import { actorOf } from '@ddp/auth/authorize';
import type { reportCode as route } from '@ddp/contracts/codes/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { parseShortCode } from '@ddp/qr/short-code';
import { isToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findReportedCode, insertReport } from '../store/reports.ts';

/** Anyone may report a code that looks wrong; a code that is not ours is worth a report too. */
export async function reportCode(
  { store }: CodesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'report-code', input };
  return runCommand(store, command, async (tx) => {
    const shortCode = parseShortCode(params.token);
    const by = isToken(params.token) ? { token: params.token } : shortCode && { shortCode };
    const code = by ? await findReportedCode(tx, by) : null;
    await insertReport(tx, store.clock, {
      codeId: code?.codeId ?? null,
      areaPath: code?.areaPath ?? null,
      reason: body.reason,
      words: body.words,
    });
    return { received: true as const };
  });
}
