import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { awardPoints as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { isApprovalWanted, isPublicityWanted } from '../domain/rule.ts';
import { readNow } from '../store/now.ts';
import { lockParticipationOf } from '../store/participations.ts';
import { grantAward } from './grant-award.ts';
import { readAwardTerms, refuseByCap } from './read-award-terms.ts';

/** Staff awards points by a rule, with evidence, to a resident of their area; never to themselves. */
export async function awardPoints(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('points.award', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const { personId, evidence } = body;
  if (personId === staff.personId) throw new Problem(pointsProblems.selfAward);
  const command = { actor: actorOf(principal), key, name: 'award-points', input: body };
  // Without the person, so that what is kept for a repeat leads to nobody once they are erased.
  const award = await runCommand(store, command, async (tx) => {
    const participation = await lockParticipationOf(tx, programmeId, personId, staff.areaPaths);
    if (!participation || participation.leftAt !== null) {
      throw new Problem(pointsProblems.notParticipating);
    }
    const now = await readNow(tx, store.clock);
    const awardedOn = civilDateOf(now);
    const { rule, amountPoints } = await readAwardTerms(tx, programmeId, awardedOn, body);
    if (isApprovalWanted(rule, amountPoints) || isPublicityWanted(rule, amountPoints)) {
      throw new Problem(pointsProblems.reviewWanted);
    }
    const id = newId();
    const awardedBy = { personId: staff.personId, role: staff.role };
    const granted = { id, rule, amountPoints, sourceId: id, evidence, awardedBy, awardedOn };
    const verdict = await grantAward(deps, tx, participation, granted);
    if (verdict !== 'granted' && verdict !== 'granted-before') refuseByCap(verdict);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'award-points',
      objectKind: 'award',
      objectId: id,
      detail: { rule: rule.rule, ruleVersion: rule.version, amountPoints },
    });
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'person', personId },
      template: 'points-awarded',
      params: { points: amountPoints, reason: rule.rule },
    });
    await appendEvents(tx, store, [notice], principal.requestId);
    const awardedAt = now.toISOString();
    return { id, rule: rule.rule, ruleVersion: rule.version, amountPoints, awardedAt };
  });
  return { ...award, personId };
}
