import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { awardPoints as route } from '@ddp/contracts/points/award-routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isApprovalWanted, isPublicityWanted, nameOf, type Rule } from '../domain/rule.ts';
import { lockParticipationOf, type Participation } from '../store/participations.ts';
import { grantAward, openAward } from './grant-award.ts';
import { readAward, toAward } from './list-awards.ts';
import { requestPublication } from './publish-award.ts';
import { readAwardTerms, refuseByCap } from './read-award-terms.ts';
import { requireUnbraked } from './read-solvency.ts';

/**
 * Staff awards points by a rule, with evidence, to a resident of their area; never to themselves.
 * What the rule wants approved or published first waits, and no meter moves before.
 */
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
  // Only the id is kept for a repeat, so that the answer leads to nobody once they are erased.
  const { id, refusedBy } = await runCommand(store, command, async (tx) => {
    const participation = await lockParticipationOf(tx, programmeId, personId, staff.areaPaths);
    if (!participation || participation.leftAt !== null) {
      throw new Problem(pointsProblems.notParticipating);
    }
    const awardedOn = civilDateOf(await readNow(tx, store.clock));
    await requireUnbraked(deps, tx, programmeId, awardedOn);
    const { rule, amountPoints } = await readAwardTerms(tx, programmeId, awardedOn, body);
    const awardedBy = { personId: staff.personId, role: staff.role };
    const terms = { id: newId(), rule, amountPoints, evidence, awardedBy, awardedOn };
    const award = {
      ...terms,
      sourceId: terms.id,
      option: body.option ?? null,
      quantity: body.points ?? null,
    };
    const isProposal = isApprovalWanted(rule, amountPoints);
    const state = isProposal ? 'proposed' : 'publishing';
    const verdict = await openAward(deps, tx, participation, award, state);
    // Refused after the commit, so that it stays recorded what could have earned.
    if (verdict !== 'opened' && verdict !== 'opened-before')
      return { id: null, refusedBy: verdict };
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: isProposal ? 'propose-award' : 'award-points',
      objectKind: 'award',
      objectId: award.id,
      detail: { rule: rule.rule, ruleVersion: rule.version, amountPoints },
    });
    if (isProposal) await askForApproval(deps, tx, participation, award, principal.requestId);
    else {
      const { requestId } = principal;
      await carryOn(deps, tx, participation, award, { countedPoints: amountPoints, requestId });
    }
    return { id: award.id, refusedBy: null };
  });
  if (refusedBy !== null) refuseByCap(refusedBy);
  return toAward(await readAward(store.db, id));
}

interface OpenedAward {
  id: string;
  rule: Rule;
  amountPoints: number;
  awardedOn: string;
}

/** Asks the officers of the area, and of the one above, to decide on what is proposed. */
export async function askForApproval(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  { areaPath }: Participation,
  { rule, amountPoints }: OpenedAward,
  requestId: string,
): Promise<void> {
  // The level above too: the one officer of a community cannot approve what they propose.
  const notices = (['community-officer', 'banner-officer'] as const).map((role) =>
    outgoing(noticeRequested, {
      audience: { kind: 'role', role, areaPath },
      template: 'award-proposed',
      params: { points: amountPoints, reason: nameOf(rule) },
    }),
  );
  await appendEvents(tx, store, notices, requestId);
}

/**
 * Brings an award that needs no approval, or has it, to the board or grants it, as its points or those
 * that it is a part of want it.
 */
export async function carryOn(
  deps: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  award: OpenedAward,
  { countedPoints, requestId }: { countedPoints: number; requestId: string },
): Promise<void> {
  if (isPublicityWanted(award.rule, countedPoints)) {
    await bringToBoard(deps, tx, participation, award, requestId);
    return;
  }
  await grantAward(deps, tx, participation, award);
  const notices = noticesOf(participation, award, 'points-awarded');
  await appendEvents(tx, deps.store, notices, requestId);
}

/** Asks for an entry on the public board, and tells whom it is about. */
export async function bringToBoard(
  { store }: Pick<PointsDeps, 'store'>,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  award: OpenedAward,
  requestId: string,
): Promise<void> {
  const entry = await requestPublication(tx, await readAward(tx, award.id), award.rule);
  const notices = noticesOf(participation, award, 'award-published');
  await appendEvents(tx, store, [entry, ...notices], requestId);
}

function noticesOf(
  { personId }: Participation,
  { rule, amountPoints }: OpenedAward,
  template: 'award-published' | 'points-awarded',
) {
  if (personId === null) return [];
  const params = { points: amountPoints, reason: nameOf(rule) };
  const audience = { kind: 'person' as const, personId };
  return [outgoing(noticeRequested, { audience, template, params })];
}
