import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

type Db = Kysely<IdentityDatabase>;

export interface NewCodeRequest {
  id: string;
  phoneLookup: string;
  codeHash: Buffer;
  lifetimeSeconds: number;
}

/** Keeps a code that was drawn; returns when it ends. */
export async function insertCodeRequest(
  tx: Db,
  clock: ClockOffset,
  request: NewCodeRequest,
): Promise<Date> {
  const now = sqlNow(clock);
  const id = idToBinary(request.id);
  await tx
    .insertInto('identity_code_request')
    .values({
      id,
      phone_lookup: request.phoneLookup,
      code_hash: request.codeHash,
      tries: 0,
      created_at: now,
      expires_at: sql<Date>`(${now} + INTERVAL ${request.lifetimeSeconds} SECOND)`,
    })
    .execute();
  const row = await tx
    .selectFrom('identity_code_request')
    .select('expires_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.expires_at;
}

/** Counts one try before the code is looked at; null when the request takes none any more. */
export async function countTry(
  db: Db,
  clock: ClockOffset,
  request: { id: string; phoneLookup: string; maxTries: number },
): Promise<Buffer | null> {
  const id = idToBinary(request.id);
  const result = await db
    .updateTable('identity_code_request')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('phone_lookup', '=', request.phoneLookup)
    .where('tries', '<', request.maxTries)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .where('expires_at', '>', sqlNow(clock))
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return null;
  const row = await db
    .selectFrom('identity_code_request')
    .select('code_hash')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** Uses the code up; returns false when another sign-in did so first. */
export async function useCode(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('identity_code_request')
    .set({ used_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function voidCode(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('identity_code_request')
    .set({ voided_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('used_at', 'is', null)
    .execute();
}

export async function deleteCodesOf(tx: Db, phoneLookup: string): Promise<void> {
  await tx.deleteFrom('identity_code_request').where('phone_lookup', '=', phoneLookup).execute();
}
