import type { Role } from '@ddp/contracts/permission';
import { binaryToId, binaryToIdOrNull, deriveId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { GrantHeld, Holdings, PostHeld, ProgrammeArea } from '../domain/authority.ts';

type Db = Kysely<IdentityDatabase>;

export interface PostCopy extends PostHeld {
  id: string;
  personId: string;
  version?: number | undefined;
}

/** Home, posts and grants of a person. */
export async function readHoldings(db: Db, personId: string): Promise<Holdings> {
  const id = idToBinary(personId);
  const person = await selectScoped(db, 'identity_person', everywhere)
    .select('area_path')
    .where('id', '=', id)
    .executeTakeFirst();
  const posts = await selectScoped(db, 'identity_post', everywhere)
    .select(['role', 'area_path', 'from_on', 'to_on'])
    .where('person_id', '=', id)
    .execute();
  return {
    homePath: person?.area_path ?? null,
    posts: posts.map((row) => ({
      role: row.role as Role | null,
      areaPath: row.area_path,
      fromOn: row.from_on,
      toOn: row.to_on,
    })),
    grants: await listGrants(db, personId),
  };
}

/** Oldest first. */
async function listGrants(db: Db, personId: string): Promise<GrantHeld[]> {
  const rows = await db
    .selectFrom('identity_grant')
    .select(['role', 'merchant_id', 'device'])
    .where('person_id', '=', idToBinary(personId))
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    role: row.role as Role,
    merchantId: binaryToIdOrNull(row.merchant_id),
    device: row.device,
  }));
}

/** Throws a duplicate when the person has this grant already. */
export async function insertGrant(
  tx: Db,
  clock: ClockOffset,
  grant: Omit<GrantHeld, 'device'> & { personId: string },
): Promise<void> {
  await tx
    .insertInto('identity_grant')
    .values({
      id: idToBinary(deriveId('grant', grant.personId, grant.role, grant.merchantId ?? '')),
      person_id: idToBinary(grant.personId),
      role: grant.role,
      merchant_id: grant.merchantId === null ? null : idToBinary(grant.merchantId),
      device: null,
      bound_at: null,
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function hasAdministrator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('identity_grant')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Writes the copy of a post. Copies may arrive in any order: an older version never overwrites a
 * newer one, and a last day is never taken away.
 */
export async function savePost(tx: Db, post: PostCopy): Promise<void> {
  const id = idToBinary(post.id);
  const known = await selectScoped(tx, 'identity_post', everywhere)
    .select(['to_on', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const version = post.version ?? 0;
  if (known && known.version > version) return;
  const fields = {
    person_id: idToBinary(post.personId),
    role: post.role,
    area_path: post.areaPath,
    from_on: post.fromOn,
    to_on: post.toOn ?? known?.to_on ?? null,
    version,
  };
  if (known) await tx.updateTable('identity_post').set(fields).where('id', '=', id).execute();
  else
    await tx
      .insertInto('identity_post')
      .values({ id, ...fields })
      .execute();
}

/** Takes away every authority of a person. */
export async function deleteHoldings(tx: Db, personId: string): Promise<void> {
  const id = idToBinary(personId);
  await tx.deleteFrom('identity_grant').where('person_id', '=', id).execute();
  await tx.deleteFrom('identity_post').where('person_id', '=', id).execute();
}

export async function listProgrammes(db: Db): Promise<ProgrammeArea[]> {
  const rows = await selectScoped(db, 'identity_programme', everywhere)
    .select(['id', 'area_path'])
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), areaPath: row.area_path }));
}

export async function saveProgramme(tx: Db, programme: ProgrammeArea): Promise<void> {
  const id = idToBinary(programme.id);
  const known = await selectScoped(tx, 'identity_programme', everywhere)
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const fields = { area_path: programme.areaPath };
  if (known) await tx.updateTable('identity_programme').set(fields).where('id', '=', id).execute();
  else
    await tx
      .insertInto('identity_programme')
      .values({ id, ...fields })
      .execute();
}
