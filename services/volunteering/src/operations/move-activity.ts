import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  approveActivity as approveRoute,
  cancelActivity as cancelRoute,
  closeActivity as closeRoute,
  publishActivity as publishRoute,
  returnActivity as returnRoute,
  submitActivity as submitRoute,
} from '@ddp/contracts/volunteering/activity-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { type ActivityMove, decideMove } from '../domain/activity-state.ts';
import {
  findActivity,
  lockActivity,
  type StoredActivity,
  setActivityState,
} from '../store/activities.ts';
import { listShifts, openShifts } from '../store/shifts.ts';
import { isLeaderOf } from '../store/teams.ts';
import { cancelOneShift } from './cancel-shift.ts';
import { teamOf } from './draft-activity.ts';
import { isLeading, requireOrganiser } from './require-lead.ts';
import { showWholeActivity } from './show-activity.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Whole = RouteResult<typeof submitRoute>;

interface Move {
  id: string;
  move: ActivityMove;
  /** Whether it wants an officer over the area, or whoever leads the team. */
  by: 'officer' | 'leader';
  reason?: string;
  /** What else the move asks and does, in the same transaction. */
  also(tx: Tx, activity: StoredActivity, person: PersonPrincipal): Promise<void>;
}

export function submitActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof submitRoute>,
): Promise<Whole> {
  const also = async (tx: Tx, { id }: StoredActivity) => {
    if ((await listShifts(tx, id)).length === 0) throw new Problem(volunteeringProblems.noShift);
  };
  return moveActivity(deps, caller, { id: params.id, move: 'submit', by: 'leader', also });
}

/** By an officer over its area who has written nothing of it and leads nothing of it. */
export function approveActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof approveRoute>,
): Promise<Whole> {
  const also = async (tx: Tx, activity: StoredActivity, { personId }: PersonPrincipal) => {
    const { changedBy, submittedBy, teamId } = activity;
    const hasPart = personId === changedBy || personId === submittedBy;
    if (hasPart || (await isLeaderOf(tx, teamId, personId))) {
      throw new Problem(volunteeringProblems.ownActivity);
    }
  };
  return moveActivity(deps, caller, { id: params.id, move: 'approve', by: 'officer', also });
}

export function returnActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof returnRoute>,
): Promise<Whole> {
  const also = async () => {};
  const { reason } = body;
  return moveActivity(deps, caller, { id: params.id, move: 'return', by: 'officer', reason, also });
}

/** Opens it for signing up; a shift whose time has come meanwhile stays closed. */
export function publishActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof publishRoute>,
): Promise<Whole> {
  const also = async (tx: Tx, { id }: StoredActivity) => {
    if (!(await openShifts(tx, deps.store.clock, id))) throw new Problem(commonProblems.conflict);
  };
  return moveActivity(deps, caller, { id: params.id, move: 'publish', by: 'leader', also });
}

/** Cancels it with every shift that has not begun; those who signed up are told. */
export function cancelActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof cancelRoute>,
): Promise<Whole> {
  const also = async (tx: Tx, activity: StoredActivity, { requestId }: PersonPrincipal) => {
    const now = await readNow(tx, deps.store.clock);
    for (const { id, startsAt } of await listShifts(tx, activity.id)) {
      if (startsAt > now) await cancelOneShift(deps, tx, { activity, shiftId: id, requestId });
    }
  };
  const { reason } = body;
  return moveActivity(deps, caller, { id: params.id, move: 'cancel', by: 'leader', reason, also });
}

export function closeActivity(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof closeRoute>,
): Promise<Whole> {
  const also = async (tx: Tx, { id }: StoredActivity) => {
    const now = await readNow(tx, deps.store.clock);
    const isLeft = (await listShifts(tx, id)).some(
      ({ state, endsAt }) => state === 'open' && endsAt > now,
    );
    if (isLeft) throw new Problem(volunteeringProblems.shiftsLeft);
  };
  return moveActivity(deps, caller, { id: params.id, move: 'close', by: 'leader', also });
}

async function moveActivity(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { id, move, by, reason, also }: Move,
): Promise<Whole> {
  if (by === 'officer') requirePermission('volunteering.manage', principal);
  const person = by === 'officer' ? requirePerson(principal) : requireOrganiser(principal);
  const input = { id, ...(reason === undefined ? {} : { reason }) };
  const command = { actor: actorOf(principal), key, name: `${move}-activity`, input };
  return runCommand(store, command, async (tx) => {
    const activity = await lockMovable(tx, person, { id, by });
    const state = decideMove(activity.state, move);
    if (state === null) throw new Problem(commonProblems.conflict);
    await also(tx, activity, person);
    await setActivityState(tx, id, {
      state,
      ...(move === 'submit' ? { submittedBy: person.personId, reason: null } : {}),
      ...(move === 'approve' ? { decidedBy: person.personId } : {}),
      ...(move === 'return' ? { decidedBy: null } : {}),
      ...(reason === undefined ? {} : { reason }),
    });
    const entry = { action: `${move}-activity`, objectKind: 'activity', objectId: id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return showWholeActivity(tx, id);
  });
}

/** An officer reaches an activity by its place, a leader by their team. */
async function lockMovable(
  tx: Tx,
  person: PersonPrincipal,
  { id, by }: Pick<Move, 'id' | 'by'>,
): Promise<StoredActivity> {
  const isInReach =
    by === 'officer'
      ? (await findActivity(tx, id, person.areaPaths)) !== null
      : await isLeadingIt(tx, person, id);
  const activity = isInReach ? await lockActivity(tx, id) : null;
  if (!activity) throw new Problem(commonProblems.notFound);
  return activity;
}

async function isLeadingIt(tx: Tx, person: PersonPrincipal, id: string): Promise<boolean> {
  const team = teamOf(await findActivity(tx, id));
  return team !== null && isLeading(tx, person, team);
}
