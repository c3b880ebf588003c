import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  exportActivities as activitiesRoute,
  exportHours as hoursRoute,
  exportMembers as membersRoute,
  exportRoster as rosterRoute,
} from '@ddp/contracts/volunteering/table-routes';
import { maxExportRows } from '@ddp/contracts/volunteering/tables';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Column, TableRow } from '@ddp/paper/spreadsheet/column';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import * as catalogue from '../catalogue/table-columns.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isMinorOn } from '../domain/age.ts';
import { listActivities } from '../store/activities.ts';
import { listHours } from '../store/hours.ts';
import { listSignUps } from '../store/sign-ups.ts';
import { findTeam, listMembers } from '../store/teams.ts';
import { listSkills, readNumbers } from '../store/volunteers.ts';
import { requireLedShift } from './check-in.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

const page = { after: null, limit: maxExportRows };
const yes = (is: boolean): string => (is ? '是' : '');

interface Table {
  name: string;
  object: { kind: string; id: string };
  input: object;
  columns: readonly Column[];
  rows: TableRow[];
}

/** Members in force, for who leads the team. */
export async function exportMembers(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof membersRoute>,
): Promise<RouteResult<typeof membersRoute>> {
  const { db } = deps.store;
  const person = requireOrganiser(caller.principal);
  await requireLead(db, person, await findTeam(db, params.id));
  const members = await listMembers(db, { teamId: params.id }, 'active', page);
  const numbers = await numbersOf(deps, members);
  const rows = members.map(({ personId, maskedName, role, appliedAt }) => ({
    ...{ number: numbers.get(personId) ?? '', maskedName, since: civilDateOf(appliedAt) },
    role: role === 'leader' ? '队长' : '队员',
  }));
  const object = { kind: 'team', id: params.id };
  const columns = catalogue.memberListColumns;
  return tell(deps, caller, { name: '队员', object, input: params, columns, rows });
}

/** Who has a place or waits for one, for who leads the shift. */
export async function exportRoster(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof rosterRoute>,
): Promise<RouteResult<typeof rosterRoute>> {
  const { db } = deps.store;
  const shift = await requireLedShift(db, requireOrganiser(caller.principal), params.id);
  const signUps = await listSignUps(db, { shiftId: shift.id }, undefined, page);
  const skills = new Map(
    (await listSkills(db, shift.programmeId)).map((one) => [one.id, one.name]),
  );
  const on = civilDateOf(shift.startsAt);
  const live = signUps.filter(({ state }) => state === 'signed' || state === 'waiting');
  const numbers = await numbersOf(deps, live);
  const rows = live.map((one) => ({
    ...{ number: numbers.get(one.personId) ?? '', maskedName: one.maskedName },
    skill: skills.get(one.skillId ?? '') ?? '',
    state: catalogue.signUpStateWords[one.state],
    minor: yes(one.birthMonth !== null && isMinorOn(one.birthMonth, on)),
    assisted: yes(one.isAssisted),
  }));
  const object = { kind: 'shift', id: params.id };
  const columns = catalogue.rosterColumns;
  return tell(deps, caller, { name: '班次名单', object, input: params, columns, rows });
}

/** Hours of the area by kind and days. */
export async function exportHours(
  deps: VolunteeringDeps,
  caller: Caller,
  { body }: RouteRequest<typeof hoursRoute>,
): Promise<RouteResult<typeof hoursRoute>> {
  requirePermission('volunteering.read', caller.principal);
  const scope = await scopeOf(deps, caller.principal, body.areaCode);
  const { kind, from, to } = body;
  const hours = await listHours(deps.store.db, { scope }, kind, page, { from, to });
  const numbers = await numbersOf(deps, hours);
  const rows = hours.map((one) => {
    const { on, maskedName, title, teamName, areaPath, minutes, beyondCap } = one;
    return {
      ...{ on, maskedName, title, teamName, areaPath, minutes, beyondCap },
      number: numbers.get(one.personId) ?? '',
      kind: catalogue.hoursKindWords[one.kind],
      version: one.version - 1,
    };
  });
  const object = { kind: 'table', id: 'hours' };
  const columns = catalogue.hoursColumns;
  return tell(deps, caller, { name: '时长', object, input: body, columns, rows });
}

/** Activities of the area by state and words. */
export async function exportActivities(
  deps: VolunteeringDeps,
  caller: Caller,
  { body }: RouteRequest<typeof activitiesRoute>,
): Promise<RouteResult<typeof activitiesRoute>> {
  requirePermission('volunteering.read', caller.principal);
  const { areaPaths } = requirePerson(caller.principal);
  const activities = await listActivities(deps.store.db, areaPaths, body, page);
  const rows = activities.map(({ title, teamName, areaPath, place, state, createdAt }) => ({
    ...{ title, teamName, areaPath, place, createdOn: civilDateOf(createdAt) },
    state: catalogue.activityStateWords[state],
  }));
  const object = { kind: 'table', id: 'activities' };
  const columns = catalogue.activityColumns;
  return tell(deps, caller, { name: '活动', object, input: body, columns, rows });
}

/** Writes a table, and an audit row that says who took it. */
async function tell(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { name, object, input, columns, rows }: Table,
) {
  if (rows.length > maxExportRows) throw new Problem(commonProblems.tooManyRows);
  const action = `export-${object.id === 'hours' || object.id === 'activities' ? object.id : object.kind}`;
  const command = { actor: actorOf(principal), key, name: action, input };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...{ ...auditActor(principal), action, objectKind: object.kind, objectId: object.id },
      detail: { rows: rows.length },
    });
  });
  return writeWorkbook([{ name, columns, rows }]);
}

async function numbersOf(
  { store }: VolunteeringDeps,
  people: readonly { personId: string }[],
): Promise<Map<string, string>> {
  return readNumbers(store.db, [...new Set(people.map(({ personId }) => personId))]);
}

/** The area that is asked for, which must be within reach; else all that is. */
async function scopeOf(
  deps: VolunteeringDeps,
  principal: Principal,
  areaCode: string | undefined,
): Promise<readonly string[]> {
  const { areaPaths, requestId } = requirePerson(principal);
  if (areaCode === undefined) return areaPaths;
  const areaPath = await resolveArea(deps, areaCode, requestId);
  requireArea(principal, areaPath);
  return [areaPath];
}
