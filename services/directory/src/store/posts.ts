import type { Post } from '@ddp/contracts/directory/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

const columns = ['id', 'person_id', 'role', 'unit_id', 'area_path', 'from_on', 'to_on'] as const;

export async function findPost(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Post | null> {
  const row = await selectScoped(db, 'directory_post', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: binaryToId(row.id),
    personId: binaryToId(row.person_id),
    role: row.role as Post['role'],
    unitId: binaryToIdOrNull(row.unit_id),
    areaPath: row.area_path,
    fromOn: row.from_on,
    toOn: row.to_on,
  };
}

export async function insertPost(tx: Db, clock: ClockOffset, post: Post): Promise<void> {
  await tx
    .insertInto('directory_post')
    .values({
      id: idToBinary(post.id),
      person_id: idToBinary(post.personId),
      role: post.role,
      unit_id: post.unitId === null ? null : idToBinary(post.unitId),
      area_path: post.areaPath,
      from_on: post.fromOn,
      to_on: post.toOn,
      created_at: sqlNow(clock),
    })
    .execute();
}

/** Sets the last day of a post that has none; returns whether it had none. */
export async function closePost(tx: Db, id: string, toOn: string): Promise<boolean> {
  const result = await tx
    .updateTable('directory_post')
    .set({ to_on: toOn })
    .where('id', '=', idToBinary(id))
    .where('to_on', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends every open post of a person; returns their ids. */
export async function closePostsOf(tx: Db, personId: string, toOn: string): Promise<string[]> {
  const person = idToBinary(personId);
  const rows = await selectScoped(tx, 'directory_post', everywhere)
    .select('id')
    .where('person_id', '=', person)
    .where('to_on', 'is', null)
    .execute();
  await tx
    .updateTable('directory_post')
    .set({ to_on: toOn })
    .where('person_id', '=', person)
    .where('to_on', 'is', null)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}
