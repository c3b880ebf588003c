import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { approveAward as route } from '@ddp/contracts/points/award-routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { approve } from '../store/award-course.ts';
import { lockParticipation } from '../store/participations.ts';
import { readRuleVersion } from '../store/rules.ts';
import { findTargetOf } from '../store/volunteering.ts';
import { carryOn } from './award-points.ts';
import { readAward, readAwardOf, toAward } from './list-awards.ts';
import { requireUnbraked } from './read-solvency.ts';

/** Another officer than who proposed an award agrees; it goes to the board next, or is granted. */
export async function approveAward(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('points.decide', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const { personId, role } = staff;
  const programmeId = requireProgramme(staff);
  const command = { actor: actorOf(principal), key, name: 'approve-award', input: params };
  await runCommand(store, command, async (tx) => {
    const award = await readAwardOf(tx, params.id, programmeId, staff.areaPaths);
    if (award.awardedBy === personId) throw new Problem(pointsProblems.ownProposal);
    if (award.personId === personId) throw new Problem(pointsProblems.selfAward);
    const participation = await lockParticipation(tx, award.participationId);
    if (!(await approve(tx, store.clock, award.id, { personId, role }))) {
      throw new Problem(pointsProblems.awardSettled);
    }
    await requireUnbraked(deps, tx, programmeId, civilDateOf(await readNow(tx, store.clock)));
    const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
    const { id, amountPoints, awardedOn } = award;
    const opened = { id, rule, amountPoints, awardedOn };
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'approve-award',
      objectKind: 'award',
      objectId: id,
      detail: { rule: rule.rule, ruleVersion: rule.version, amountPoints },
    });
    // A part of what hours earn goes where all of it would go.
    const countedPoints = (await findTargetOf(tx, id)) ?? amountPoints;
    const { requestId } = principal;
    await carryOn(deps, tx, participation, opened, { countedPoints, requestId });
  });
  return toAward(await readAward(store.db, params.id));
}
