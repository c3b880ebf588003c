import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { answerObjection as route } from '@ddp/contracts/notices/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { decideAnswer } from '../domain/board.ts';
import { countAnswer, takeDown } from '../store/closings.ts';
import { isExcluded, lockEntry } from '../store/entries.ts';
import * as objections from '../store/objections.ts';
import { toObjection } from './list-objections.ts';
import { writeMessage } from './tell-audience.ts';
import { type ToldEntry, tellOfAnswer, tellOfEnding } from './tell-requester.ts';

/** Answers an objection, by an officer of the area with no part in it or in the entry. */
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
    // The entry first, as whoever objects to it does.
    const asked = await objections.findObjection(tx, params.id);
    const entry = asked && (await lockEntry(tx, asked.entryId, areaPaths));
    const objection = entry && (await objections.lockObjection(tx, params.id));
    if (!objection || !entry) throw new Problem(commonProblems.notFound);
    const { personId: objectorId, recordedBy: recorderId } = objection;
    const isParty = await isExcluded(tx, entry.id, answeredBy);
    const parties = { authorId: entry.authorId, isParty, objectorId, recorderId };
    const decision = decideAnswer(answeredBy, parties);
    if (decision === 'own-entry') throw new Problem(noticesProblems.ownEntry);
    if (decision === 'own-objection') throw new Problem(noticesProblems.ownObjection);
    const { verdict, answer } = body;
    const fields = { id: objection.id, state: verdict, text: answer, answeredBy };
    if (!(await objections.answerObjection(tx, store.clock, fields))) {
      throw new Problem(commonProblems.conflict);
    }
    await countAnswer(tx, entry.id);
    const told = { entry, objectionId: objection.id, requestId: principal.requestId };
    await tellOfAnswer(deps, tx, told, { verdict, answeredBy });
    if (verdict === 'upheld') await endUpheld(deps, tx, told);
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

/** An upheld objection takes the entry down at once, unless it has come down before. */
async function endUpheld(
  deps: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  { entry, requestId }: ToldEntry,
): Promise<void> {
  const ending = { outcome: 'objection-upheld' } as const;
  if (!(await takeDown(tx, deps.store.clock, entry.id, ending))) return;
  await tellOfEnding(deps, tx, { entry, requestId }, ending.outcome);
}
