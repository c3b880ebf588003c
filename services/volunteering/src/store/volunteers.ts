import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface Skill {
  id: string;
  name: string;
}

export interface StoredVolunteer {
  personId: string;
  programmeId: string;
  areaPath: string;
  maskedName: string;
  birthMonth: string;
  number: string;
  seal: { keyId: string; salt: Buffer };
  accountId: string;
  guardianOn: string | null;
  joinedAt: Date;
}

export type NewVolunteer = Omit<StoredVolunteer, 'guardianOn' | 'joinedAt'>;

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_volunteer', scope).selectAll('volunteering_volunteer');
}

function toVolunteer(row: Row): StoredVolunteer {
  return {
    personId: binaryToId(row.person_id),
    programmeId: binaryToId(row.programme_id),
    areaPath: row.area_path,
    maskedName: row.masked_name,
    birthMonth: row.birth_month,
    number: row.number,
    seal: { keyId: row.key_id, salt: row.salt },
    accountId: binaryToId(row.account_id),
    guardianOn: row.guardian_on,
    joinedAt: row.joined_at,
  };
}

/** False where the number is another's: draw anew. */
export async function insertVolunteer(
  tx: Db,
  clock: ClockOffset,
  one: NewVolunteer,
): Promise<boolean> {
  const insert = tx.insertInto('volunteering_volunteer').values({
    person_id: idToBinary(one.personId),
    programme_id: idToBinary(one.programmeId),
    area_path: one.areaPath,
    masked_name: one.maskedName,
    birth_month: one.birthMonth,
    number: one.number,
    key_id: one.seal.keyId,
    salt: one.seal.salt,
    account_id: idToBinary(one.accountId),
    guardian_on: null,
    joined_at: sqlNow(clock),
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function findVolunteer(
  db: Db,
  personId: string,
  scope: AreaScope = everywhere,
): Promise<StoredVolunteer | null> {
  const row = await select(db, scope)
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toVolunteer(row) : null;
}

export async function findVolunteerByNumber(
  db: Db,
  number: string,
): Promise<StoredVolunteer | null> {
  const row = await select(db, everywhere).where('number', '=', number).executeTakeFirst();
  return row ? toVolunteer(row) : null;
}

/** Volunteers of an area by the eight digits that name them. */
export async function listVolunteersNumbered(
  db: Db,
  scope: AreaScope,
  numbers: readonly string[],
): Promise<StoredVolunteer[]> {
  if (numbers.length === 0) return [];
  const rows = await select(db, scope).where('number', 'in', numbers).execute();
  return rows.map(toVolunteer);
}

/** The eight digits of some people, by person. */
export async function readNumbers(
  db: Db,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await selectScoped(db, 'volunteering_volunteer', everywhere)
    .select(['person_id', 'number'])
    .where('person_id', 'in', personIds.map(idToBinary))
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.person_id), row.number]));
}

/** Volunteers of an area in the order of their ids, one more than the limit. */
export async function listVolunteers(
  db: Db,
  scope: AreaScope,
  filter: { skillId?: string | undefined; bornAfter: string | null },
  page: { after: string | null; limit: number },
): Promise<StoredVolunteer[]> {
  let query = select(db, scope);
  const { skillId, bornAfter } = filter;
  if (skillId !== undefined) {
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM volunteering_volunteer_skill own
        WHERE own.person_id = volunteering_volunteer.person_id
          AND own.skill_id = ${idToBinary(skillId)})`,
    );
  }
  if (bornAfter !== null) query = query.where('birth_month', '>', bornAfter);
  if (page.after !== null) query = query.where('person_id', '>', idToBinary(page.after));
  const rows = await query
    .orderBy('person_id')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toVolunteer);
}

export async function setBirthMonth(tx: Db, personId: string, birthMonth: string): Promise<void> {
  await tx
    .updateTable('volunteering_volunteer')
    .set({ birth_month: birthMonth })
    .where('person_id', '=', idToBinary(personId))
    .execute();
}

export async function setGuardianConsent(tx: Db, personId: string, on: string): Promise<void> {
  await tx
    .updateTable('volunteering_volunteer')
    .set({ guardian_on: on })
    .where('person_id', '=', idToBinary(personId))
    .execute();
}

/** Home and name as they are now. */
export async function refreshVolunteer(
  tx: Db,
  personId: string,
  now: { areaPath: string; maskedName: string },
): Promise<void> {
  await tx
    .updateTable('volunteering_volunteer')
    .set({ area_path: now.areaPath, masked_name: now.maskedName })
    .where('person_id', '=', idToBinary(personId))
    .execute();
}

/** The id of a new skill; null where the programme has one of that name. */
export async function insertSkill(
  tx: Db,
  clock: ClockOffset,
  skill: { programmeId: string; name: string },
): Promise<string | null> {
  const id = newId();
  const row = { id: idToBinary(id), programme_id: idToBinary(skill.programmeId), name: skill.name };
  try {
    await tx
      .insertInto('volunteering_skill')
      .values({ ...row, created_at: sqlNow(clock) })
      .execute();
    return id;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** The register of a programme, in the order it grew. */
export async function listSkills(db: Db, programmeId: string): Promise<Skill[]> {
  const rows = await db
    .selectFrom('volunteering_skill')
    .select(['id', 'name'])
    .where('programme_id', '=', idToBinary(programmeId))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), name: row.name }));
}

/** What each of some people can do. */
export async function listSkillsOf(
  db: Db,
  personIds: readonly string[],
): Promise<Map<string, Skill[]>> {
  const skills = new Map(personIds.map((id): [string, Skill[]] => [id, []]));
  if (personIds.length === 0) return skills;
  const rows = await db
    .selectFrom('volunteering_volunteer_skill as own')
    .innerJoin('volunteering_skill as skill', 'skill.id', 'own.skill_id')
    .select(['own.person_id', 'skill.id', 'skill.name'])
    .where('own.person_id', 'in', personIds.map(idToBinary))
    .orderBy('skill.id')
    .execute();
  for (const row of rows) {
    skills.get(binaryToId(row.person_id))?.push({ id: binaryToId(row.id), name: row.name });
  }
  return skills;
}

export async function replaceSkills(
  tx: Db,
  personId: string,
  skillIds: readonly string[],
): Promise<void> {
  const person = idToBinary(personId);
  await tx.deleteFrom('volunteering_volunteer_skill').where('person_id', '=', person).execute();
  if (skillIds.length === 0) return;
  await tx
    .insertInto('volunteering_volunteer_skill')
    .values(skillIds.map((id) => ({ person_id: person, skill_id: idToBinary(id) })))
    .execute();
}

/** How many volunteers within an area have each skill, by its id; and how many there are. */
export async function countSkills(
  db: Db,
  scope: AreaScope,
): Promise<{ bySkill: Map<string, number>; volunteers: number }> {
  const rows = await selectScoped(db, 'volunteering_volunteer', scope)
    .innerJoin(
      'volunteering_volunteer_skill as own',
      'own.person_id',
      'volunteering_volunteer.person_id',
    )
    .select(({ fn }) => ['own.skill_id', fn.countAll<number>().as('volunteers')])
    .groupBy('own.skill_id')
    .execute();
  const { count } = await selectScoped(db, 'volunteering_volunteer', scope)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const bySkill = new Map(rows.map((row) => [binaryToId(row.skill_id), Number(row.volunteers)]));
  return { bySkill, volunteers: Number(count) };
}
