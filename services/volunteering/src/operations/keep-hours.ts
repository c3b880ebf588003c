import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hoursCorrected } from '@ddp/contracts/volunteering/events';
import type {
  correctHours as correctRoute,
  recordHours as route,
} from '@ddp/contracts/volunteering/hour-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { capDays, splitByDay, sumOf } from '../domain/hours.ts';
import {
  addToDays,
  changeHours,
  findHours,
  insertCorrection,
  insertHours,
  listDaysOf,
  readUsed,
  type StoredHours,
} from '../store/hours.ts';
import { lockPerson } from '../store/people.ts';
import { readSettings } from '../store/settings.ts';
import { markStarsDue } from '../store/star-due.ts';
import { findTeam, isMemberOf } from '../store/teams.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { showHours, showWholeHours } from './list-hours.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Types in hours of a member that nobody scanned: kept apart, and never told to what earns. */
export async function recordHours(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const { teamId, personId, on, minutes, words } = body;
  const command = { actor: actorOf(principal), key, name: 'record-hours', input: body };
  return runCommand(store, command, async (tx) => {
    const team = await findTeam(tx, teamId);
    await requireLead(tx, person, team);
    await lockPerson(tx, personId);
    const volunteer = await findVolunteer(tx, personId);
    if (!team || !volunteer || !(await isMemberOf(tx, teamId, personId))) {
      throw new Problem(volunteeringProblems.unknownVolunteer);
    }
    if (on > civilDateOf(await readNow(tx, store.clock))) {
      throw new Problem(volunteeringProblems.dayInFuture);
    }
    const id = newId();
    const { programmeId, areaPath } = team;
    const of = { id, programmeId, personId, teamId, activityId: null, areaPath, title: words };
    const fixed = { on, servedFrom: null, mostMinutes: 720, accountId: volunteer.accountId };
    const counted = { minutes, beyondCap: 0, isFirst: false, countedBy: person.personId };
    const hours = { ...of, ...fixed, ...counted, kind: 'recorded' } as const;
    await insertHours(tx, store.clock, hours, [{ on, minutes }]);
    const entry = { action: 'record-hours', objectKind: 'hours', objectId: id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return showHours(await requireStored(tx, id));
  });
}

/** Corrects hours, by an officer they are not of: what is right in all, with a reason that stays. */
export async function correctHours(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof correctRoute>,
): Promise<RouteResult<typeof correctRoute>> {
  requirePermission('volunteering.manage', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'correct-hours', input };
  return runCommand(store, command, async (tx) => {
    const seen = await findHours(tx, params.id, staff.areaPaths);
    if (!seen) throw new Problem(commonProblems.notFound);
    if (seen.personId === staff.personId) throw new Problem(volunteeringProblems.ownCorrection);
    await lockPerson(tx, seen.personId);
    const before = await requireStored(tx, seen.id);
    if (body.minutes > before.mostMinutes) throw new Problem(volunteeringProblems.beyondShift);
    const after = await recount(tx, before, body.minutes);
    if (after.minutes === before.minutes) throw new Problem(commonProblems.conflict);
    const { id: hoursId, minutes: minutesBefore } = before;
    const version = before.version + 1;
    await changeHours(tx, store.clock, { id: hoursId, version, ...after }, after.days);
    if (before.kind === 'verified') await markStarsDue(tx, store.clock, before);
    const change = { before: minutesBefore, after: after.minutes, reason: body.reason };
    const by = { by: staff.personId, role: staff.role };
    await insertCorrection(tx, store.clock, { hoursId, version, ...change, ...by });
    await tellCorrected(deps, tx, { before, after, version }, staff);
    const detail = { before: minutesBefore, after: after.minutes };
    const entry = { action: 'correct-hours', objectKind: 'hours', objectId: hoursId, detail };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return showWholeHours(tx, await requireStored(tx, hoursId));
  });
}

type Recount = Pick<StoredHours, 'minutes' | 'beyondCap'> & {
  days: { on: string; minutes: number }[];
};

/** The same hours with other minutes: verified ones keep to what counts in a day beside others. */
async function recount(tx: Tx, before: StoredHours, minutes: number): Promise<Recount> {
  const { programmeId, personId, servedFrom, on } = before;
  if (servedFrom === null) return { minutes, beyondCap: 0, days: [{ on, minutes }] };
  const old = await listDaysOf(tx, before.id);
  const back = old.map((day) => ({ on: day.on, minutes: -day.minutes }));
  await addToDays(tx, programmeId, personId, back);
  const { dailyMinutes } = await readSettings(tx, programmeId);
  const served = splitByDay(servedFrom, minutes);
  const used = await readUsed(tx, programmeId, personId, served);
  const days = capDays(served, used, dailyMinutes);
  await addToDays(tx, programmeId, personId, days);
  const counted = sumOf(days);
  return { minutes: counted, beyondCap: minutes - counted, days };
}

async function tellCorrected(
  { store }: VolunteeringDeps,
  tx: Tx,
  { before, after, version }: { before: StoredHours; after: Recount; version: number },
  staff: { personId: string; role: string; requestId: string },
): Promise<void> {
  const { id: hoursId, programmeId, personId, kind, title } = before;
  const by = { correctedBy: staff.personId, correctedByRole: staff.role };
  const change = { hoursId, programmeId, personId, version, days: after.days, ...by };
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'hours-corrected',
    params: { activity: title.slice(0, 60), before: before.minutes, minutes: after.minutes },
  });
  // What was typed in earned nothing, so that there is nothing to put right.
  const events = kind === 'verified' ? [outgoing(hoursCorrected, change), told] : [told];
  await appendEvents(tx, store, events, staff.requestId);
}

async function requireStored(tx: Tx, id: string): Promise<StoredHours> {
  const stored = await findHours(tx, id);
  if (!stored) throw new Error('hours just written are not there');
  return stored;
}
