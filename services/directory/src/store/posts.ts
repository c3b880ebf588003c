import type { Post } from '@ddp/contracts/directory/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;
export type StoredPost = Post & Required<Pick<Post, 'substituteFor' | 'reason' | 'version'>>;

export interface PostFilter {
  personId?: string | undefined;
  unitId?: string | undefined;
  role?: string | undefined;
  on?: string | undefined;
}

const columns = [
  'id',
  'person_id',
  'role',
  'unit_id',
  'area_path',
  'from_on',
  'to_on',
  'substitute_for',
  'reason',
  'version',
] as const;

interface PostRow {
  id: Buffer;
  person_id: Buffer;
  role: string | null;
  unit_id: Buffer | null;
  area_path: string;
  from_on: string;
  to_on: string | null;
  substitute_for: Buffer | null;
  reason: string | null;
  version: number;
}

function toPost(row: PostRow): StoredPost {
  return {
    id: binaryToId(row.id),
    personId: binaryToId(row.person_id),
    role: row.role as Post['role'],
    unitId: binaryToIdOrNull(row.unit_id),
    areaPath: row.area_path,
    fromOn: row.from_on,
    toOn: row.to_on,
    substituteFor: binaryToIdOrNull(row.substitute_for),
    reason: row.reason,
    version: row.version,
  };
}

/** A post, within a scope where staff asks. */
export async function findPost(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredPost | null> {
  const row = await selectScoped(db, 'directory_post', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toPost(row) : null;
}

export async function lockPost(tx: Db, id: string, scope: AreaScope): Promise<StoredPost | null> {
  const row = await selectScoped(tx, 'directory_post', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toPost(row) : null;
}

/** Posts of a scope, newest first, one more than the limit. */
export async function listPosts(
  db: Db,
  scope: AreaScope,
  filter: PostFilter,
  after: string | null,
  limit: number,
): Promise<StoredPost[]> {
  const { personId, unitId, role, on } = filter;
  let query = selectScoped(db, 'directory_post', scope).select(columns);
  if (personId !== undefined) query = query.where('person_id', '=', idToBinary(personId));
  if (unitId !== undefined) query = query.where('unit_id', '=', idToBinary(unitId));
  if (role !== undefined) query = query.where('role', '=', role);
  if (on !== undefined) {
    query = query
      .where('from_on', '<=', on)
      .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', on)]));
  }
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toPost);
}

/** The posts of some people, for a table that may name them again. */
export async function listPostsOf(db: Db, personIds: readonly string[]): Promise<StoredPost[]> {
  if (personIds.length === 0) return [];
  const rows = await selectScoped(db, 'directory_post', everywhere)
    .select(columns)
    .where('person_id', 'in', [...new Set(personIds)].map(idToBinary))
    .execute();
  return rows.map(toPost);
}

/** Who stands in for the holder of a post, at any time. */
export async function listSubstitutions(tx: Db, postId: string): Promise<StoredPost[]> {
  const rows = await selectScoped(tx, 'directory_post', everywhere)
    .select(columns)
    .where('substitute_for', '=', idToBinary(postId))
    .orderBy('id')
    .execute();
  return rows.map(toPost);
}

export async function insertPosts(
  tx: Db,
  clock: ClockOffset,
  posts: readonly StoredPost[],
): Promise<void> {
  if (posts.length === 0) return;
  await tx
    .insertInto('directory_post')
    .values(
      posts.map((post) => ({
        id: idToBinary(post.id),
        person_id: idToBinary(post.personId),
        role: post.role,
        unit_id: post.unitId === null ? null : idToBinary(post.unitId),
        area_path: post.areaPath,
        from_on: post.fromOn,
        to_on: post.toOn,
        substitute_for: post.substituteFor === null ? null : idToBinary(post.substituteFor),
        reason: post.reason,
        created_at: sqlNow(clock),
      })),
    )
    .execute();
}

/** Brings the last day of a post forward to a day; returns whether it lasted longer. */
export async function closePost(tx: Db, id: string, toOn: string): Promise<boolean> {
  const result = await tx
    .updateTable('directory_post')
    .set((eb) => ({ to_on: toOn, version: eb('version', '+', 1) }))
    .where('id', '=', idToBinary(id))
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>', toOn)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The posts of a person that last beyond a day. */
export async function listLastingPosts(
  tx: Db,
  personId: string,
  day: string,
): Promise<StoredPost[]> {
  const rows = await selectScoped(tx, 'directory_post', everywhere)
    .select(columns)
    .where('person_id', '=', idToBinary(personId))
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>', day)]))
    .execute();
  return rows.map(toPost);
}
