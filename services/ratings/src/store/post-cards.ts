import type { Post } from '@ddp/contracts/directory/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/** Keeps a post's person, unit and dates; a post changes only by getting its last day. */
export async function savePostCard(tx: Db, post: Post): Promise<void> {
  const postId = idToBinary(post.id);
  try {
    await tx
      .insertInto('ratings_post_card')
      .values({
        post_id: postId,
        person_id: idToBinary(post.personId),
        unit_id: post.unitId === null ? null : idToBinary(post.unitId),
        from_on: post.fromOn,
        to_on: post.toOn,
      })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    if (post.toOn === null) return;
    await tx
      .updateTable('ratings_post_card')
      .set({ to_on: post.toOn })
      .where('post_id', '=', postId)
      .execute();
  }
}

/** Units in which persons hold a post on a day. */
export async function listUnitsServed(
  db: Db,
  personIds: readonly string[],
  on: string,
): Promise<Map<string, string[]>> {
  const units = new Map<string, string[]>();
  if (personIds.length === 0) return units;
  const rows = await db
    .selectFrom('ratings_post_card')
    .select(['person_id', 'unit_id'])
    .where('person_id', 'in', personIds.map(idToBinary))
    .where('unit_id', 'is not', null)
    .where('from_on', '<=', on)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', on)]))
    .execute();
  for (const row of rows) {
    if (row.unit_id === null) continue;
    const personId = binaryToId(row.person_id);
    units.set(personId, [...(units.get(personId) ?? []), binaryToId(row.unit_id)]);
  }
  return units;
}
