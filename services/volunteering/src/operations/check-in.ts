import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { CallProblem } from '@ddp/contracts/call';
import { checkPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { checkResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  scanCard as cardRoute,
  checkIn as route,
  scanVolunteer as scanRoute,
} from '@ddp/contracts/volunteering/attendance-routes';
import type { Attendance, ScanKind, ScanWay } from '@ddp/contracts/volunteering/attendances';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely, Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isCodeOf, splitCode } from '../domain/volunteer-code.ts';
import { findActivity } from '../store/activities.ts';
import { findAttendance } from '../store/attendances.ts';
import { findShift, type StoredShift } from '../store/shifts.ts';
import { findSignUp, findSignUpIn, type StoredSignUp } from '../store/sign-ups.ts';
import { findVolunteerByNumber } from '../store/volunteers.ts';
import { applyScan, readAttendance } from './apply-scan.ts';
import { teamOf } from './draft-activity.ts';
import { showAttendance } from './list-attendances.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;

/**
 * Checks the caller in or out by the code that the place shows now. Codes verifies it before, and its
 * instant is the one that counts, so that a repeat moves no time.
 */
export async function checkIn(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const { signUpId, kind, code } = body;
  const { db } = deps.store;
  const mine = await findSignUp(db, signUpId);
  if (mine?.personId !== personId) throw new Problem(commonProblems.notFound);
  const shift = await findShift(db, mine.shiftId);
  const checked = await askPlace(deps, { code, personId, requestId, key });
  // Another place's code is as wrong as an expired one.
  if (!shift || shift.placeCodeId !== checked.placeCodeId) {
    throw new Problem(codesProblems.placeCodeRefused);
  }
  const command = { actor: actorOf(principal), key, name: 'check-in', input: body };
  return runCommand(deps.store, command, (tx) => {
    const scan = { kind, way: 'place' as const, at: new Date(checked.checkedAt), by: personId };
    return takeScan(deps, tx, mine, { ...scan, key });
  });
}

/** Checks a volunteer in or out by the code on their phone, which the leader scans. */
export async function scanVolunteer(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof scanRoute>,
): Promise<RouteResult<typeof scanRoute>> {
  const leader = requireOrganiser(principal);
  const { shiftId, kind, code } = body;
  await requireLedShift(deps.store.db, leader, shiftId);
  const command = { actor: actorOf(principal), key, name: 'scan-volunteer', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const at = await readNow(tx, deps.store.clock);
    const personId = await readCode(deps, tx, code, at);
    if (personId === null) throw new Problem(volunteeringProblems.wrongCode);
    if (personId === leader.personId) throw new Problem(volunteeringProblems.ownScan);
    const signUp = await findSignUpIn(tx, shiftId, personId);
    if (!signUp) throw new Problem(volunteeringProblems.notSignedUp);
    return takeScan(deps, tx, signUp, { kind, way: 'leader', at, by: leader.personId, key });
  });
}

/** Checks in or out who has a printed card and no phone; codes tells staff of the area whose it is. */
export async function scanCard(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof cardRoute>,
): Promise<RouteResult<typeof cardRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const { shiftId, kind, card } = body;
  await requireLedShift(store.db, staff, shiftId);
  const personId = await askCard(deps, { card, staff });
  if (personId === staff.personId) throw new Problem(volunteeringProblems.ownScan);
  // The card itself is no part of what is kept.
  const input = { shiftId, kind, personId };
  const command = { actor: actorOf(principal), key, name: 'scan-card', input };
  return runCommand(store, command, async (tx) => {
    const signUp = await findSignUpIn(tx, shiftId, personId);
    if (!signUp) throw new Problem(volunteeringProblems.notSignedUp);
    const at = await readNow(tx, store.clock);
    const scan = { kind, way: 'card', at, by: staff.personId, key } as const;
    const shown = await takeScan(deps, tx, signUp, scan);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'scan-card',
      objectKind: 'sign-up',
      objectId: signUp.id,
      detail: { kind, personId },
    });
    return shown;
  });
}

async function takeScan(
  deps: VolunteeringDeps,
  tx: Tx,
  signUp: StoredSignUp,
  scan: { kind: ScanKind; way: ScanWay; at: Date; by: string; key: string },
): Promise<Attendance> {
  const { key, ...fields } = scan;
  const { kind, by } = fields;
  if (kind === 'out') await requireEntered(tx, signUp.id);
  const eventId = deriveId('scan', by, key);
  const { effect } = await applyScan(deps, tx, signUp, { ...fields, eventId });
  switch (effect) {
    case 'outside-window':
      throw new Problem(volunteeringProblems.scanOutside);
    case 'present-elsewhere':
      throw new Problem(volunteeringProblems.presentElsewhere);
    case 'not-signed-up':
      throw new Problem(volunteeringProblems.notSignedUp);
    default:
      return showAttendance(await readAttendance(tx, signUp.id));
  }
}

async function requireEntered(tx: Tx, signUpId: string): Promise<void> {
  const attendance = await findAttendance(tx, signUpId);
  if (!attendance?.inAt) throw new Problem(volunteeringProblems.notCheckedIn);
}

/** Whose code it is, where it is that of an instant or of the half minutes beside it. */
export async function readCode(
  { volunteerKeys }: VolunteeringDeps,
  db: Kysely<VolunteeringDatabase>,
  code: string,
  at: Date,
): Promise<string | null> {
  const { number, rotating } = splitCode(code);
  const volunteer = await findVolunteerByNumber(db, number);
  if (!volunteer) return null;
  const secret = volunteerKeys.secretOf(number, volunteer.seal);
  return isCodeOf(secret, rotating, at) ? volunteer.personId : null;
}

/** An open shift of a team that the person leads. Throws 404 for another. */
export async function requireLedShift(
  db: Kysely<VolunteeringDatabase>,
  person: Parameters<typeof requireLead>[1],
  shiftId: string,
): Promise<StoredShift> {
  const shift = await findShift(db, shiftId);
  const activity = shift && (await findActivity(db, shift.activityId));
  await requireLead(db, person, teamOf(activity));
  if (!shift) throw new Problem(commonProblems.notFound);
  return shift;
}

const placeProblems = [
  codesProblems.placeCodeRefused,
  codesProblems.placeCodeUsed,
  codesProblems.placeNotOpen,
];

async function askPlace(
  { caller }: VolunteeringDeps,
  ask: { code: string; personId: string; requestId: string; key: string },
): Promise<RouteResult<typeof checkPlaceCode>> {
  const { code, personId, requestId } = ask;
  const key = deriveId('place-check', personId, ask.key);
  try {
    return await caller.call(checkPlaceCode, { body: { code, personId } }, { requestId, key });
  } catch (error) {
    const slug = error instanceof CallProblem ? error.slug : null;
    const known = placeProblems.find((problem) => problem.slug === slug);
    throw known ? new Problem(known, { cause: error }) : error;
  }
}

async function askCard(
  { caller }: VolunteeringDeps,
  { card, staff }: { card: string; staff: { areaPaths: string[]; requestId: string } },
): Promise<string> {
  const { areaPaths, requestId } = staff;
  try {
    const body = { card, areaPaths };
    return (await caller.call(checkResidentCard, { body }, { requestId })).personId;
  } catch (error) {
    const isUnknown = error instanceof CallProblem && error.document.status === 404;
    throw isUnknown ? new Problem(codesProblems.invalidCode, { cause: error }) : error;
  }
}
