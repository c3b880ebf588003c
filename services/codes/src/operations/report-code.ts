import { actorOf } from '@ddp/auth/authorize';
import type { reportCode as route } from '@ddp/contracts/codes/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { insertReport } from '../store/reports.ts';

/** Anyone may report a code that looks wrong; a code that is not ours is worth a report too. */
export async function reportCode(
  deps: CodesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { store } = deps;
  const scan = (await deps.scans.find(params.token))?.resolved;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'report-code', input };
  return runCommand(store, command, async (tx) => {
    await insertReport(tx, store.clock, {
      codeId: scan?.codeId ?? null,
      areaPath: scan?.areaPath ?? null,
      reason: body.reason,
      words: body.words,
    });
    return { received: true as const };
  });
}
