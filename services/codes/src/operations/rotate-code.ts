import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { rotateCode as route } from '@ddp/contracts/codes/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { activeSlot } from '../domain/code-state.ts';
import { noteChanges } from '../store/changes.ts';
import { findCode, insertCode, markRotated } from '../store/codes.ts';
import { lockSubjectCard } from '../store/subject-cards.ts';

/** Replaces a code; the old one still works for the grace time, so that sheets can be changed. */
export async function rotateCode(
  { store, publicUrl, scans }: CodesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'rotate-code', input };
  const rotated = await runCommand(store, command, async (tx) => {
    const old = await findCode(tx, params.id, areaPaths, publicUrl);
    if (!old) throw new Problem(commonProblems.notFound);
    const card = await lockSubjectCard(tx, old.subjectId);
    if (!card) throw new Error('a code has no card of its subject');
    if (!(await markRotated(tx, store.clock, old.id, body.graceHours))) {
      throw new Problem(commonProblems.conflict);
    }
    const id = newId();
    await insertCode(tx, store.clock, {
      id,
      subjectId: old.subjectId,
      place: old.place,
      token: newToken(),
      shortCode: newShortCode(),
      activeSlot: activeSlot(old.subjectId, old.place),
      areaPath: card.area_path,
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'rotate-code',
      objectKind: 'code',
      objectId: old.id,
      detail: { replacedBy: id, graceHours: body.graceHours },
    });
    const code = await findCode(tx, id, areaPaths, publicUrl);
    if (!code) throw new Error('a rotated code cannot be read back');
    await noteChanges(tx, { codeId: old.id });
    return code;
  });
  scans.distrust();
  return rotated;
}
