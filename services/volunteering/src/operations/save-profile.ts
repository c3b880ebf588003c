import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  assistProfile as assistRoute,
  correctBirthMonth as birthRoute,
  recordGuardianConsent as guardianRoute,
  saveMyProfile as route,
} from '@ddp/contracts/volunteering/volunteer-routes';
import type { Volunteer } from '@ddp/contracts/volunteering/volunteers';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isMinorOn } from '../domain/age.ts';
import { insertAssistance, lockPerson } from '../store/people.ts';
import {
  findVolunteer,
  insertVolunteer,
  listSkills,
  refreshVolunteer,
  replaceSkills,
  type StoredVolunteer,
  setBirthMonth,
  setGuardianConsent,
} from '../store/volunteers.ts';
import { readKnown } from './read-known.ts';
import { showVolunteers } from './read-volunteers.ts';

type Tx = Transaction<VolunteeringDatabase>;

interface Profile {
  personId: string;
  programmeId: string;
  areaPath: string;
  maskedName: string;
  birthMonth: string;
  skillIds: readonly string[];
}

const drawings = 5;

/** Registers the caller, or changes their skills; a month of birth that was told stays. */
export async function saveMyProfile(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const { maskedName, areaPath } = await readKnown(deps, person.personId, person.requestId);
  if (areaPath === null) throw new Problem(commonProblems.conflict);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'save-my-profile', input: body };
  return runCommand(store, command, async (tx) => {
    const profile = { ...body, personId: person.personId, programmeId, areaPath, maskedName };
    if (!(await lockPerson(tx, person.personId))) throw new Problem(commonProblems.conflict);
    const known = await findVolunteer(tx, person.personId);
    if (known && known.birthMonth !== body.birthMonth) {
      throw new Problem(volunteeringProblems.profileExists);
    }
    if (known) await refreshVolunteer(tx, person.personId, { areaPath, maskedName });
    else await register(deps, tx, profile);
    await setSkills(tx, profile);
    return showStored(deps, tx, person.personId);
  });
}

/** Registers somebody without a phone, by staff of where they live, with the consent that was given. */
export async function assistProfile(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof assistRoute>,
): Promise<RouteResult<typeof assistRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const { personId, consent, ...fields } = body;
  if (personId === staff.personId) throw new Problem(volunteeringProblems.ownConsent);
  const { maskedName, areaPath } = await readKnown(deps, personId, staff.requestId);
  if (areaPath === null) throw new Problem(commonProblems.notFound);
  requireArea(principal, areaPath);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'assist-profile', input: body };
  return runCommand(store, command, async (tx) => {
    if (!(await lockPerson(tx, personId))) throw new Problem(commonProblems.notFound);
    if (await findVolunteer(tx, personId)) throw new Problem(volunteeringProblems.profileExists);
    const profile = { ...fields, personId, programmeId, areaPath, maskedName };
    await register(deps, tx, profile);
    await setSkills(tx, profile);
    const act = { act: 'profile', objectId: personId, personId, by: staff, consent } as const;
    await insertAssistance(tx, store.clock, act);
    await audit(deps, tx, principal, { action: 'assist-profile', personId });
    return showStored(deps, tx, personId);
  });
}

/** A guardian of somebody under age agreed; staff have seen how. */
export async function recordGuardianConsent(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof guardianRoute>,
): Promise<RouteResult<typeof guardianRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'record-guardian-consent', input };
  return runCommand(store, command, async (tx) => {
    const { personId, birthMonth } = await lockOther(tx, params.id, staff);
    const today = civilDateOf(await readNow(tx, store.clock));
    if (!isMinorOn(birthMonth, today)) throw new Problem(volunteeringProblems.notAMinor);
    await setGuardianConsent(tx, personId, body.consent.on);
    const act = { act: 'guardian', objectId: personId, personId } as const;
    await insertAssistance(tx, store.clock, { ...act, by: staff, consent: body.consent });
    await audit(deps, tx, principal, { action: 'record-guardian-consent', personId });
    return showStored(deps, tx, personId);
  });
}

/** Staff correct a month of birth that was told wrongly, on a paper they have seen. */
export async function correctBirthMonth(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof birthRoute>,
): Promise<RouteResult<typeof birthRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'correct-birth-month', input };
  return runCommand(deps.store, command, async (tx) => {
    const { personId } = await lockOther(tx, params.id, staff);
    await setBirthMonth(tx, personId, body.birthMonth);
    await audit(deps, tx, principal, { action: 'correct-birth-month', personId });
    return showStored(deps, tx, personId);
  });
}

/** A volunteer of the staff's area who is not the staff themselves, locked. */
async function lockOther(
  tx: Tx,
  id: string,
  staff: { personId: string; areaPaths: readonly string[] },
): Promise<StoredVolunteer> {
  const seen = await findVolunteer(tx, id, staff.areaPaths);
  if (!seen) throw new Problem(commonProblems.notFound);
  if (seen.personId === staff.personId) throw new Problem(volunteeringProblems.ownConsent);
  await lockPerson(tx, id);
  return seen;
}

async function register(deps: VolunteeringDeps, tx: Tx, profile: Profile): Promise<void> {
  const { store, volunteerKeys } = deps;
  const { skillIds: _skillIds, ...fields } = profile;
  for (let drawing = 0; drawing < drawings; drawing += 1) {
    const sealed = { number: volunteerKeys.drawNumber(), seal: volunteerKeys.newSeal() };
    const row = { ...fields, ...sealed, accountId: newId() };
    if (await insertVolunteer(tx, store.clock, row)) return;
  }
  throw new Error('no number is free for a volunteer');
}

async function setSkills(tx: Tx, { personId, programmeId, skillIds }: Profile): Promise<void> {
  const known = new Set((await listSkills(tx, programmeId)).map(({ id }) => id));
  const wanted = [...new Set(skillIds)];
  if (wanted.some((id) => !known.has(id))) throw new Problem(volunteeringProblems.unknownSkill);
  await replaceSkills(tx, personId, wanted);
}

async function showStored({ store }: VolunteeringDeps, tx: Tx, personId: string) {
  const stored = await findVolunteer(tx, personId);
  if (!stored) throw new Error('a volunteer just written is not there');
  const [shown] = await showVolunteers(tx, store.clock, [stored]);
  return shown as Volunteer;
}

function audit(
  { store }: VolunteeringDeps,
  tx: Tx,
  principal: Caller['principal'],
  { action, personId }: { action: string; personId: string },
): Promise<void> {
  const entry = { ...auditActor(principal), action, objectKind: 'volunteer', objectId: personId };
  return appendAudit(tx, store, entry);
}
