import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

type Db = Kysely<IdentityDatabase>;

export interface PasswordCredential {
  personId: string;
  secret: string | null;
  mustChange: boolean;
}

/** Throws a duplicate when somebody has this phone already. */
export async function insertPhone(
  tx: Db,
  clock: ClockOffset,
  personId: string,
  lookup: string,
): Promise<void> {
  await insertCredential(tx, clock, {
    personId,
    kind: 'phone',
    lookup,
    secret: null,
    mustChange: false,
  });
}

/** Throws a duplicate when somebody has this login already. */
export async function insertPassword(
  tx: Db,
  clock: ClockOffset,
  credential: { personId: string; login: string; secret: string; mustChange: boolean },
): Promise<void> {
  const { login, ...rest } = credential;
  await insertCredential(tx, clock, { ...rest, kind: 'password', lookup: login });
}

async function insertCredential(
  tx: Db,
  clock: ClockOffset,
  credential: {
    personId: string;
    kind: string;
    lookup: string;
    secret: string | null;
    mustChange: boolean;
  },
): Promise<void> {
  await tx
    .insertInto('identity_credential')
    .values({
      id: idToBinary(newId()),
      person_id: idToBinary(credential.personId),
      kind: credential.kind,
      lookup: credential.lookup,
      secret: credential.secret,
      must_change: credential.mustChange ? 1 : 0,
      created_at: sqlNow(clock),
    })
    .execute();
}

function selectPasswords(db: Db) {
  return db
    .selectFrom('identity_credential')
    .select(['person_id', 'lookup', 'secret', 'must_change'])
    .where('kind', '=', 'password');
}

export async function findPasswordByLogin(
  db: Db,
  login: string,
): Promise<PasswordCredential | null> {
  const row = await selectPasswords(db).where('lookup', '=', login).executeTakeFirst();
  return row
    ? { personId: binaryToId(row.person_id), secret: row.secret, mustChange: row.must_change === 1 }
    : null;
}

export async function findPasswordOf(
  db: Db,
  personId: string,
): Promise<(PasswordCredential & { login: string }) | null> {
  const row = await selectPasswords(db)
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row
    ? { personId, login: row.lookup, secret: row.secret, mustChange: row.must_change === 1 }
    : null;
}

/** Replaces the hash that was checked; returns false when another change came first. */
export async function replacePassword(
  tx: Db,
  personId: string,
  oldSecret: string,
  newSecret: string,
): Promise<boolean> {
  const result = await tx
    .updateTable('identity_credential')
    .set({ secret: newSecret, must_change: 0 })
    .where('person_id', '=', idToBinary(personId))
    .where('kind', '=', 'password')
    .where('secret', '=', oldSecret)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes every way to sign in; returns the phone's index, if there was one. */
export async function deleteCredentials(tx: Db, personId: string): Promise<string | null> {
  const person = idToBinary(personId);
  const phone = await tx
    .selectFrom('identity_credential')
    .select('lookup')
    .where('person_id', '=', person)
    .where('kind', '=', 'phone')
    .executeTakeFirst();
  await tx.deleteFrom('identity_credential').where('person_id', '=', person).execute();
  return phone?.lookup ?? null;
}
