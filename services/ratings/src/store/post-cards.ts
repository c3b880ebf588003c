import type { Post } from '@ddp/contracts/directory/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/** Keeps who holds a post, where and when; what is read later is newer. */
export async function savePostCard(tx: Db, post: Post): Promise<void> {
  const postId = idToBinary(post.id);
  const { role, areaPath } = post;
  try {
    await tx
      .insertInto('ratings_post_card')
      .values({
        post_id: postId,
        person_id: idToBinary(post.personId),
        unit_id: post.unitId === null ? null : idToBinary(post.unitId),
        from_on: post.fromOn,
        to_on: post.toOn,
        role,
        area_path: areaPath,
      })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // A post that has ended stays ended, in whatever order its news come.
    const end = post.toOn === null ? {} : { to_on: post.toOn };
    await tx
      .updateTable('ratings_post_card')
      .set({ role, area_path: areaPath, ...end })
      .where('post_id', '=', postId)
      .execute();
  }
}

/** Cards that were kept before places were, for reading them again. */
export async function listIncompletePostIds(db: Db, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'ratings_post_card', everywhere)
    .select('post_id')
    .where('area_path', 'is', null)
    .orderBy('post_id')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.post_id));
}

export interface Officer {
  personId: string;
  role: string;
  areaPath: string;
}

/** Officers with a post in force over a place, the nearest first; none who serve in a unit. */
export async function listOfficersOver(
  db: Db,
  filter: { areaPaths: readonly string[]; on: string; exceptUnitId: string | null; limit: number },
): Promise<Officer[]> {
  const { areaPaths, on, exceptUnitId, limit } = filter;
  let query = selectPosts(db, on)
    .select(['person_id', 'role', 'area_path'])
    .where('area_path', 'in', areaPaths)
    .where('role', 'in', officerRoles);
  if (exceptUnitId !== null) {
    const serving = selectPosts(db, on)
      .select('person_id')
      .where('unit_id', '=', idToBinary(exceptUnitId));
    query = query.where('person_id', 'not in', serving);
  }
  const rows = await query
    .orderBy(sql`CHAR_LENGTH(area_path)`, 'desc')
    .orderBy('post_id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ person_id, role, area_path }) =>
    role === null || area_path === null
      ? []
      : [{ personId: binaryToId(person_id), role, areaPath: area_path }],
  );
}

const officerRoles = ['community-officer', 'banner-officer', 'city-officer'] as const;

function selectPosts(db: Db, on: string) {
  return selectScoped(db, 'ratings_post_card', everywhere)
    .where('from_on', '<=', on)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', on)]));
}

/** Units in which persons hold a post on a day. */
export async function listUnitsServed(
  db: Db,
  personIds: readonly string[],
  on: string,
): Promise<Map<string, string[]>> {
  const units = new Map<string, string[]>();
  if (personIds.length === 0) return units;
  const rows = await selectPosts(db, on)
    .select(['person_id', 'unit_id'])
    .where('person_id', 'in', personIds.map(idToBinary))
    .where('unit_id', 'is not', null)
    .execute();
  for (const row of rows) {
    if (row.unit_id === null) continue;
    const personId = binaryToId(row.person_id);
    units.set(personId, [...(units.get(personId) ?? []), binaryToId(row.unit_id)]);
  }
  return units;
}
