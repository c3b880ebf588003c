import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type { issueCode as route } from '@ddp/contracts/codes/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { everywhere } from '@ddp/db-kit/scope';
import { newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { activeSlot } from '../domain/code-state.ts';
import { findCode, insertCode } from '../store/codes.ts';
import { lockSubjectCard } from '../store/subject-cards.ts';

/** Gives a subject a code for a place; there is one active code for each. */
export async function issueCode(
  { store, publicUrl }: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const command = { actor: actorOf(principal), key, name: 'issue-code', input: body };
  return runCommand(store, command, async (tx) => {
    const card = await lockSubjectCard(tx, body.subjectId);
    if (card?.is_active !== 1) throw new Problem(codesProblems.unknownSubject);
    requireArea(principal, card.area_path);
    const id = newId();
    try {
      await insertCode(tx, store.clock, {
        id,
        subjectId: body.subjectId,
        place: body.place,
        token: newToken(),
        shortCode: newShortCode(),
        activeSlot: activeSlot(body.subjectId, body.place),
        areaPath: card.area_path,
      });
    } catch (error) {
      throw isDuplicate(error) ? new Problem(codesProblems.codeExists) : error;
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'issue-code',
      objectKind: 'code',
      objectId: id,
      detail: { subjectId: body.subjectId },
    });
    const code = await findCode(tx, id, everywhere, publicUrl);
    if (!code) throw new Error('an issued code cannot be read back');
    return code;
  });
}
