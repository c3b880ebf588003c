import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { answerObjection as route } from '@ddp/contracts/notices/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { NoticesDeps } from '../deps.ts';
import { decideAnswer } from '../domain/board.ts';
import { findEntry } from '../store/entries.ts';
import * as objections from '../store/objections.ts';
import { toObjection } from './list-objections.ts';
import { writeMessage } from './tell-audience.ts';

/** Answers an objection, by an officer of the area who is neither its author nor the entry's. */
export async function answerObjection(
  deps: NoticesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { store } = deps;
  const { personId: answeredBy, areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'answer-objection', input };
  return runCommand(store, command, async (tx) => {
    const objection = await objections.lockObjection(tx, params.id);
    const entry = objection && (await findEntry(tx, objection.entryId, areaPaths));
    if (!objection || !entry) throw new Problem(commonProblems.notFound);
    const { personId: objectorId } = objection;
    const decision = decideAnswer(answeredBy, { authorId: entry.authorId, objectorId });
    if (decision === 'own-entry') throw new Problem(noticesProblems.ownEntry);
    if (decision === 'own-objection') throw new Problem(noticesProblems.ownObjection);
    const { verdict, answer } = body;
    const fields = { id: objection.id, state: verdict, text: answer, answeredBy };
    if (!(await objections.answerObjection(tx, store.clock, fields))) {
      throw new Problem(commonProblems.conflict);
    }
    if (objectorId !== null) {
      await writeMessage(deps, tx, {
        audience: { kind: 'person', personId: objectorId },
        template: 'objection-answered',
        params: { reference: entry.reference, verdict },
      });
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'answer-objection',
      objectKind: 'objection',
      objectId: objection.id,
      detail: { entryId: entry.id, verdict },
    });
    return toObjection({ ...objection, state: verdict, answer });
  });
}
