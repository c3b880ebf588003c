import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  acceptSubstitution as acceptRoute,
  endSubstitution as endRoute,
  listMySubstitutions as listRoute,
  offerSubstitution as route,
} from '@ddp/contracts/volunteering/sign-up-routes';
import type { Substitution } from '@ddp/contracts/volunteering/sign-ups';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely, Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minuteOf } from '../domain/minute-of.ts';
import { reminderOf } from '../domain/sign-up.ts';
import { readSettings } from '../store/settings.ts';
import type { StoredShift } from '../store/shifts.ts';
import { endSignUp, findSignUp, insertSignUp, type StoredSignUp } from '../store/sign-ups.ts';
import {
  countSubstitutions,
  endSubstitutionOf,
  findSubstitution,
  insertSubstitution,
  listSubstitutions,
  type StoredSubstitution,
} from '../store/substitutions.ts';
import { findVolunteerByNumber } from '../store/volunteers.ts';
import { lockOpenShift, requireFit, requireFree } from './sign-up.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** More questions for one place would pester people. */
const mostQuestions = 5;

/** Asks another volunteer by their number to come instead; the place stays until they accept. */
export async function offerSubstitution(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'offer-substitution', input: body };
  return runCommand(store, command, async (tx) => {
    const mine = await findSignUp(tx, body.signUpId);
    if (mine?.personId !== personId) throw new Problem(commonProblems.notFound);
    await lockOpenShift(deps, tx, mine.shiftId);
    await requirePlace(tx, mine.id);
    const asked = await findVolunteerByNumber(tx, body.number);
    if (asked?.programmeId !== mine.programmeId || asked.personId === personId) {
      throw new Problem(volunteeringProblems.unknownVolunteer);
    }
    if ((await countSubstitutions(tx, mine.id)) >= mostQuestions) {
      throw new Problem(commonProblems.conflict);
    }
    const people = { holderId: personId, askedId: asked.personId };
    const one = { id: newId(), signUpId: mine.id, ...people };
    if (!(await insertSubstitution(tx, store.clock, one))) {
      throw new Problem(commonProblems.conflict);
    }
    const told = outgoing(noticeRequested, {
      audience: { kind: 'person', personId: asked.personId },
      template: 'substitute-asked',
      params: { activity: mine.title, at: minuteOf(mine.startsAt), place: mine.place },
    });
    await appendEvents(tx, store, [told], requestId);
    return readShown(tx, one.id, personId);
  });
}

/** Takes the place of who asked, by the same terms as everybody who signs up. */
export async function acceptSubstitution(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof acceptRoute>,
): Promise<RouteResult<typeof acceptRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'accept-substitution', input: params };
  return runCommand(store, command, async (tx) => {
    const question = await findSubstitution(tx, params.id);
    if (question?.askedId !== personId) throw new Problem(commonProblems.notFound);
    const shift = await lockOpenShift(deps, tx, question.shiftId);
    if (!(await endSubstitutionOf(tx, store.clock, { id: question.id }, 'accepted'))) {
      throw new Problem(commonProblems.conflict);
    }
    const held = await requirePlace(tx, question.signUpId);
    await requireFit(tx, shift, { personId, skillId: held.skillId });
    await requireFree(tx, shift, personId);
    await handOver(deps, tx, shift, { held, personId });
    return readShown(tx, question.id, personId);
  });
}

async function handOver(
  { store }: VolunteeringDeps,
  tx: Tx,
  shift: StoredShift,
  { held, personId }: { held: StoredSignUp; personId: string },
): Promise<void> {
  if (!(await endSignUp(tx, store.clock, held.id, 'handed-over'))) {
    throw new Problem(commonProblems.conflict);
  }
  const { reminderHours } = await readSettings(tx, shift.programmeId);
  const remindAt = reminderOf(shift.startsAt, await readNow(tx, store.clock), reminderHours);
  const { activityId, programmeId, startsAt, endsAt } = shift;
  const of = { activityId, programmeId, shiftId: shift.id, startsAt, endsAt };
  const { skillId } = held;
  const one = { ...of, id: newId(), personId, skillId, isAssisted: false, remindAt };
  if (!(await insertSignUp(tx, store.clock, { ...one, state: 'signed' }))) {
    throw new Error('a substitute had a place before');
  }
}

/** Refuses to come, or takes the question back. */
export async function endSubstitution(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof endRoute>,
): Promise<RouteResult<typeof endRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'end-substitution', input: params };
  return runCommand(store, command, async (tx) => {
    const question = await findSubstitution(tx, params.id);
    if (!question || ![question.holderId, question.askedId].includes(personId)) {
      throw new Problem(commonProblems.notFound);
    }
    const state = question.askedId === personId ? 'refused' : 'taken-back';
    if (!(await endSubstitutionOf(tx, store.clock, { id: question.id }, state))) {
      throw new Problem(commonProblems.conflict);
    }
    return readShown(tx, question.id, personId);
  });
}

export async function listMySubstitutions(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listSubstitutions(store.db, personId, page);
  return toPage(
    rows,
    query.limit,
    (one) => show(one, personId),
    ({ id }) => id,
  );
}

/** A sign-up of a locked shift that has a place. */
async function requirePlace(tx: Tx, id: string): Promise<StoredSignUp> {
  const held = await findSignUp(tx, id);
  if (held?.state !== 'signed') throw new Problem(commonProblems.conflict);
  return held;
}

async function readShown(
  db: Kysely<VolunteeringDatabase>,
  id: string,
  personId: string,
): Promise<Substitution> {
  const stored = await findSubstitution(db, id);
  if (!stored) throw new Error('a question just written is not there');
  return show(stored, personId);
}

function show(one: StoredSubstitution, personId: string): Substitution {
  return {
    id: one.id,
    signUpId: one.signUpId,
    title: one.title,
    place: one.place,
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    state: one.state,
    isAsked: one.askedId === personId,
    offeredAt: one.offeredAt.toISOString(),
  };
}
