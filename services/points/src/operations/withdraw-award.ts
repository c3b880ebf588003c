import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { noticeRequested, publicationWithdrawn } from '@ddp/contracts/notices/events';
import type { withdrawAward as route } from '@ddp/contracts/points/award-routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { nameOf } from '../domain/rule.ts';
import { withdraw } from '../store/award-course.ts';
import type { Award } from '../store/awards.ts';
import { giveBackToCaps } from '../store/caps.ts';
import { markGivenBack } from '../store/earnings.ts';
import { lockParticipation } from '../store/participations.ts';
import { readRuleVersion } from '../store/rules.ts';
import { readAward, readAwardOf, toAward } from './list-awards.ts';
import { subjectRefOf } from './publish-award.ts';

/** Staff takes back an award that has not been granted; what is on the board comes down. */
export async function withdrawAward(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('points.award', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'withdraw-award', input };
  await runCommand(store, command, async (tx) => {
    const { participationId } = await readAwardOf(tx, params.id, programmeId, staff.areaPaths);
    await lockParticipation(tx, participationId);
    const award = await readAward(tx, params.id);
    if (!(await endOpenAward(deps, tx, award, body.reason, principal.requestId))) {
      throw new Problem(pointsProblems.awardSettled);
    }
    await tellOfWithdrawal(deps, tx, award, principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'withdraw-award',
      objectKind: 'award',
      objectId: award.id,
    });
  });
  return toAward(await readAward(store.db, params.id));
}

/**
 * Withdraws an award that nobody has decided for good: the caps get it back, its entry comes down.
 * The participation must be locked. False when it was decided before.
 */
export async function endOpenAward(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  award: Award,
  reason: string,
  requestId: string,
): Promise<boolean> {
  const { id, programmeId, participationId, amountPoints } = award;
  if (!(await withdraw(tx, id, reason))) return false;
  const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
  await giveBackToCaps(
    tx,
    { programmeId, participationId, on: award.awardedOn },
    rule,
    amountPoints,
  );
  await markGivenBack(tx, store.clock, id);
  if (award.state === 'proposed') return true;
  const entry = { entryId: id, subjectRef: subjectRefOf(id), reason: publicReason };
  await appendEvents(tx, store, [outgoing(publicationWithdrawn, entry)], requestId);
  return true;
}

/** All that the board says: why staff withdrew it, or that somebody left, is not for the public. */
const publicReason = '本条公示已由发起单位撤回 · withdrawn by the office that asked for it';

/** Tells the person that the award will not come. */
export async function tellOfWithdrawal(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  { personId, programmeId, amountPoints, ...award }: Award,
  requestId: string,
): Promise<void> {
  if (personId === null) return;
  const audience = { kind: 'person' as const, personId };
  const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
  const params = { points: amountPoints, reason: nameOf(rule) };
  const notice = outgoing(noticeRequested, { audience, template: 'award-withdrawn', params });
  await appendEvents(tx, store, [notice], requestId);
}

/** Why what waits for a decision is withdrawn when somebody leaves. */
export const leftReason = '本人已退出品德积分 · the person has left the programme';
