import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { NewConsent } from '@ddp/contracts/consent';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  importMembers as membersRoute,
  importSignUps as signUpsRoute,
  readMemberTemplate as templateRoute,
} from '@ddp/contracts/volunteering/table-routes';
import {
  maxRosterRows,
  type RosterFault,
  type RosterImportResult,
} from '@ddp/contracts/volunteering/tables';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Column } from '@ddp/paper/spreadsheet/column';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { writeTemplate } from '@ddp/paper/spreadsheet/write-template';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import { memberColumns, signUpColumns } from '../catalogue/table-columns.ts';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { insertAssistance, lockPerson } from '../store/people.ts';
import { findSignUpIn } from '../store/sign-ups.ts';
import { findLiveMember, findTeam, insertMember, lockTeam, moveMember } from '../store/teams.ts';
import { listSkills } from '../store/volunteers.ts';
import { requireLedShift } from './check-in.ts';
import { type RosterKey, type RosterRow, readRosterRows } from './read-roster-rows.ts';
import { requireLead } from './require-lead.ts';
import { lockOpenShift, takePlace } from './sign-up.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Row = RosterRow & { consent: NewConsent };

export async function readMemberTemplate(
  _deps: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof templateRoute>> {
  requirePermission('volunteering.assist', principal);
  return writeTemplate('队员', memberColumns);
}

export async function readSignUpTemplate(
  _deps: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof templateRoute>> {
  requirePermission('volunteering.assist', principal);
  return writeTemplate('报名', signUpColumns);
}

/** Brings volunteers into a team, by staff of its area and with the consent that each has given. */
export function importMembers(
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof membersRoute>,
): Promise<RosterImportResult> {
  return importRoster(deps, caller, {
    ...{ ...params, ...body, name: 'import-members', columns: memberColumns },
    async open(tx, staff) {
      const team = await findTeam(tx, params.id);
      await requireLead(tx, staff, team);
      await lockTeam(tx, params.id);
      if (!team || team.isClosed) throw new Problem(commonProblems.notFound);
      return {
        bring: (row) => bringMember(deps, tx, staff, { teamId: team.id, row }),
        programmeId: team.programmeId,
      };
    },
  });
}

/** Signs volunteers up for a shift, by staff of its area and with the consent that each has given. */
export function importSignUps(
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof signUpsRoute>,
): Promise<RosterImportResult> {
  return importRoster(deps, caller, {
    ...{ ...params, ...body, name: 'import-sign-ups', columns: signUpColumns },
    async open(tx, staff) {
      const { id: shiftId } = await requireLedShift(tx, staff, params.id);
      const { programmeId } = await lockOpenShift(deps, tx, shiftId);
      const skills = new Map((await listSkills(tx, programmeId)).map(({ id, name }) => [name, id]));
      return {
        bring: (row) => bringSignUp(deps, tx, staff, { shiftId, row, skills }),
        programmeId,
      };
    },
  });
}

interface RosterImport {
  /** Of the team or the shift. */
  id: string;
  name: 'import-members' | 'import-sign-ups';
  file: string;
  dryRun: boolean;
  columns: readonly Column<RosterKey>[];
  /** Locks what the rows are brought into; throws where the staff does not reach it. */
  open(
    tx: Tx,
    staff: PersonPrincipal,
  ): Promise<{ programmeId: string; bring(row: Row): Promise<'added' | 'unchanged'> }>;
}

/** Ends a dry run: carries what would have happened out of the transaction that it rolls back. */
class DryRunEnd extends Error {
  readonly result: RosterImportResult;

  constructor(result: RosterImportResult) {
    super('a dry run ends');
    this.result = result;
  }
}

async function importRoster(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  roster: RosterImport,
): Promise<RosterImportResult> {
  requirePermission('volunteering.assist', principal);
  const { id, name, file, dryRun, columns } = roster;
  const bytes = Buffer.from(file, 'base64');
  const reading = await readTable(bytes, columns, { maxRows: maxRosterRows });
  const bring = async (tx: Tx): Promise<RosterImportResult> => {
    const opened = await roster.open(tx, requirePerson(principal));
    if (reading.errors) return refused(0, reading.errors);
    const result = await bringRows({ store }, tx, principal, { ...opened, rows: reading.rows });
    if (result.errors.length > 0) return result;
    const detail = { rows: result.rows, added: result.added };
    const entry = { action: name, objectKind: name === 'import-members' ? 'team' : 'shift' };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry, objectId: id, detail });
    return result;
  };
  if (dryRun) {
    const run = async (tx: Tx): Promise<never> => {
      throw new DryRunEnd({ ...(await bring(tx)), dryRun: true });
    };
    return transact(store.db, run).catch((error: unknown) => {
      if (error instanceof DryRunEnd) return error.result;
      throw error;
    });
  }
  const command = { actor: actorOf(principal), key, name, input: { id, file, dryRun } };
  return runCommand(store, command, async (tx) => {
    const result = await bring(tx);
    if (result.errors.length > 0) throw tableProblem(result.errors);
    return result;
  });
}

/** Row by row in the order of their people, so that two imports lock them in one order. */
async function bringRows(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  principal: Principal,
  of: Parameters<typeof readRosterRows>[2] & { bring(row: Row): Promise<'added' | 'unchanged'> },
): Promise<RosterImportResult> {
  const { rows, faults } = await readRosterRows({ store }, tx, of, requirePerson(principal));
  const counts = { added: 0, unchanged: 0 };
  for (const row of rows) {
    try {
      counts[await of.bring(row)] += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { definition, options } = error;
      const message = options.errors?.[0]?.message ?? definition.title;
      faults.push({ row: row.row, column: null, message });
    }
  }
  if (faults.length > 0) return refused(of.rows.length, faults);
  return { dryRun: false, rows: rows.length, ...counts, errors: [] };
}

async function bringMember(
  { store }: VolunteeringDeps,
  tx: Tx,
  staff: PersonPrincipal,
  { teamId, row }: { teamId: string; row: Row },
): Promise<'added' | 'unchanged'> {
  const { personId, consent } = row;
  if (!(await lockPerson(tx, personId))) throw new Problem(volunteeringProblems.unknownVolunteer);
  const known = await findLiveMember(tx, teamId, personId);
  if (known?.state === 'active') return 'unchanged';
  const objectId = known?.id ?? newId();
  if (known) {
    const move = { from: ['applied'] as const, to: 'active' as const, by: staff.personId };
    await moveMember(tx, store.clock, objectId, move);
  } else {
    const admitted = { role: 'member', state: 'active', decidedBy: staff.personId } as const;
    await insertMember(tx, store.clock, { id: objectId, teamId, personId, ...admitted });
  }
  const act = { act: 'membership', objectId, personId, by: staff, consent } as const;
  await insertAssistance(tx, store.clock, act);
  return 'added';
}

async function bringSignUp(
  deps: VolunteeringDeps,
  tx: Tx,
  staff: PersonPrincipal,
  of: { shiftId: string; row: Row; skills: ReadonlyMap<string, string> },
): Promise<'added' | 'unchanged'> {
  const { shiftId, row, skills } = of;
  const { personId, consent, skill } = row;
  const skillId = skill === '' ? null : skills.get(skill);
  if (skillId === undefined) throw new Problem(volunteeringProblems.unknownSkill);
  const before = await findSignUpIn(tx, shiftId, personId);
  if (before?.skillId === skillId) return 'unchanged';
  const objectId = await takePlace(deps, tx, { shiftId, personId, skillId }, true);
  const act = { act: 'sign-up', objectId, personId, by: staff, consent } as const;
  await insertAssistance(tx, deps.store.clock, act);
  return 'added';
}

const refused = (rows: number, errors: RosterFault[]): RosterImportResult => ({
  ...{ dryRun: false, rows, added: 0, unchanged: 0 },
  errors: [...errors].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
});

function tableProblem(errors: readonly RosterFault[]): Problem {
  return new Problem(commonProblems.tableHasErrors, {
    errors: errors.map(({ row, column, message }) => ({
      pointer: `/${row ?? 0}/${(column ?? '').replaceAll('/', '')}`,
      message: {
        zh: `${row === null ? '' : `第 ${row} 行 `}${column ?? ''}：${message.zh}`,
        en: `${row === null ? '' : `row ${row} `}${column ?? ''}: ${message.en}`,
      },
    })),
  });
}
