import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { closeCode as route } from '@ddp/contracts/codes/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { isOpen } from '../domain/code-state.ts';
import { noteChanges } from '../store/changes.ts';
import { findCode, markClosed } from '../store/codes.ts';

/** Retires a code or marks it lost; from then on it answers as an unknown one. */
export async function closeCode(
  { store, publicUrl, scans }: CodesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'close-code', input };
  const closed = await runCommand(store, command, async (tx) => {
    const code = await findCode(tx, params.id, areaPaths, publicUrl);
    if (!code) throw new Problem(commonProblems.notFound);
    if (!isOpen(code.state) || !(await markClosed(tx, code.id, body.state))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'close-code',
      objectKind: 'code',
      objectId: code.id,
      detail: { state: body.state },
    });
    await noteChanges(tx, { codeId: code.id });
    return { ...code, state: body.state };
  });
  scans.distrust();
  return closed;
}
