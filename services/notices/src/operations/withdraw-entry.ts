import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { withdrawEntry as route } from '@ddp/contracts/notices/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { NoticesDeps } from '../deps.ts';
import * as entries from '../store/entries.ts';
import { toShown } from './read-entry.ts';

/** Takes an entry off the board; it stays readable with the reason. */
export async function withdrawEntry(
  { store }: NoticesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'withdraw-entry', input };
  return runCommand(store, command, async (tx) => {
    const entry = await entries.lockEntry(tx, params.id, areaPaths);
    if (!entry) throw new Problem(commonProblems.notFound);
    if (!(await entries.withdrawEntry(tx, entry.id, body.reason))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'withdraw-entry',
      objectKind: 'entry',
      objectId: entry.id,
      detail: { reference: entry.reference },
    });
    return toShown({ ...entry, state: 'withdrawn', withdrawalReason: body.reason });
  });
}
