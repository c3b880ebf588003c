import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { noticeReversal as route } from '@ddp/contracts/points/reversal-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isReversible } from '../domain/award-state.ts';
import { nameOf } from '../domain/rule.ts';
import { type Award, findAward } from '../store/awards.ts';
import { insertLine } from '../store/lines.ts';
import { lockParticipation } from '../store/participations.ts';
import { insertReversal, type NewReversal } from '../store/reversals.ts';
import { readRuleVersion } from '../store/rules.ts';
import { readSettings } from '../store/settings.ts';
import { readReversal, toStaffReversal } from './list-reversals.ts';

/**
 * Gives notice that a mistaken or false award is to be taken back. Nothing is taken before the time
 * to appeal is over; an award goes through this once.
 */
export async function noticeReversal(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('points.award', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'notice-reversal', input };
  const { id } = await runCommand(store, command, async (tx) => {
    const award = await findAward(tx, params.id, staff.areaPaths);
    if (award?.programmeId !== programmeId) throw new Problem(commonProblems.notFound);
    if (award.personId === staff.personId) throw new Problem(pointsProblems.ownReversal);
    const { personId } = await lockParticipation(tx, award.participationId);
    // Nobody could be told of it, nor appeal, once the person was erased.
    if (personId === null) throw new Problem(pointsProblems.notReversible);
    const by = { noticedBy: staff.personId, noticedByRole: staff.role };
    const notice = { ...body, ...by, id: newId(), awardId: award.id };
    await openReversal(deps, tx, award, notice, principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'notice-reversal',
      objectKind: 'award',
      objectId: award.id,
      detail: { reversalId: notice.id, reason: body.reason },
    });
    return { id: notice.id };
  });
  return toStaffReversal(await readReversal(store.db, programmeId, id));
}

type Notice = Omit<NewReversal, 'participationId' | 'appealUntil'>;

/** Gives notice of a reversal of an award whose participation is locked, and tells its person. */
export async function openReversal(
  deps: PointsDeps,
  tx: Transaction<PointsDatabase>,
  award: Award,
  notice: Notice,
  requestId: string,
): Promise<void> {
  const { appealUntil } = await writeNotice(deps, tx, award, notice);
  const { personId, programmeId, amountPoints: points } = award;
  if (personId === null) return;
  const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
  const until = addDays(civilDateOf(appealUntil), -1);
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'reversal-noticed',
    params: { points, reason: nameOf(rule), until },
  });
  await appendEvents(tx, deps.store, [told], requestId);
}

async function writeNotice(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  award: Award,
  terms: Notice,
): Promise<NewReversal> {
  const current = await findAward(tx, award.id);
  if (!current || !isReversible(current.state)) {
    throw new Problem(pointsProblems.notReversible);
  }
  const today = civilDateOf(await readNow(tx, store.clock));
  const { appealDays } = await readSettings(tx, award.programmeId, today);
  const { participationId, amountPoints } = award;
  const appealUntil = startOf(addDays(today, appealDays + 1));
  const reversal = { ...terms, participationId, appealUntil };
  await insertReversal(tx, store.clock, reversal).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem(pointsProblems.notReversible) : error;
  });
  await insertLine(tx, store.clock, {
    participationId,
    kind: 'reversal-notice',
    amountPoints,
    awardId: award.id,
  });
  return reversal;
}
