import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  cancelAssistedSignUp as assistedRoute,
  cancelSignUp as route,
} from '@ddp/contracts/volunteering/sign-up-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minuteOf } from '../domain/minute-of.ts';
import { insertAssistance } from '../store/people.ts';
import { giveSeat } from '../store/shifts.ts';
import { endSignUp, findFirstWaiting, findSignUp, promoteSignUp } from '../store/sign-ups.ts';
import { endSubstitutionOf } from '../store/substitutions.ts';
import { readSignUp } from './list-sign-ups.ts';
import { mustHold } from './must-hold.ts';
import { lockOpenShift } from './sign-up.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Place = { id: string; shiftId: string; skillId: string | null };

/** Gives up a place, or the waiting for one, before the shift begins. */
export async function cancelSignUp(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'cancel-sign-up', input: params };
  return runCommand(deps.store, command, async (tx) => {
    const mine = await findSignUp(tx, params.id);
    if (mine?.personId !== personId) throw new Problem(commonProblems.notFound);
    await lockOpenShift(deps, tx, mine.shiftId);
    const isEnded = await giveUpPlace(deps, tx, mine, { to: 'cancelled', requestId });
    if (!isEnded) throw new Problem(commonProblems.conflict);
    return readSignUp(tx, mine.id);
  });
}

/** The same for somebody without a phone, by staff of where they live. */
export async function cancelAssistedSignUp(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof assistedRoute>,
): Promise<RouteResult<typeof assistedRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'cancel-assisted-sign-up', input };
  return runCommand(store, command, async (tx) => {
    const one = await findSignUp(tx, params.id);
    const home = one?.isAssisted ? one.homePath : null;
    if (!one || !home || !staff.areaPaths.some((path) => home.startsWith(path))) {
      throw new Problem(commonProblems.notFound);
    }
    await lockOpenShift(deps, tx, one.shiftId);
    const { requestId } = staff;
    const isEnded = await giveUpPlace(deps, tx, one, { to: 'cancelled', requestId });
    if (!isEnded) throw new Problem(commonProblems.conflict);
    const { id: objectId, personId } = one;
    const act = { act: 'cancellation', objectId, personId, by: staff } as const;
    await insertAssistance(tx, store.clock, { ...act, consent: body.consent });
    const entry = { action: 'cancel-assisted-sign-up', objectKind: 'sign-up', objectId };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return readSignUp(tx, one.id);
  });
}

/**
 * Ends a sign-up of a locked shift. A place that becomes free goes to who has waited longest, in the
 * same transaction, so that none is free while somebody waits. False where it had ended before.
 */
export async function giveUpPlace(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  { id, shiftId, skillId }: Place,
  { to, requestId }: { to: 'cancelled'; requestId: string },
): Promise<boolean> {
  const before = await findSignUp(tx, id);
  if (!before || !(await endSignUp(tx, store.clock, id, to))) return false;
  await endSubstitutionOf(tx, store.clock, { signUpId: id }, 'lapsed');
  if (before.state !== 'signed') return true;
  const next = await findFirstWaiting(tx, shiftId, skillId);
  if (!next) {
    mustHold(await giveSeat(tx, { id: shiftId, skillId }), 'a place that is given back was taken');
    return true;
  }
  mustHold(await promoteSignUp(tx, next.id), 'who waits in a locked shift waits');
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: next.personId },
    template: 'shift-place-free',
    params: { activity: next.title, at: minuteOf(next.startsAt), place: next.place },
  });
  await appendEvents(tx, store, [told], requestId);
  return true;
}
