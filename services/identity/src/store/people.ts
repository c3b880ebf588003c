import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { SealedPerson } from '../vault.ts';

type Db = Kysely<IdentityDatabase>;

export interface StoredPerson extends SealedPerson {
  id: string;
  homePath: string | null;
  createdAt: Date;
  isErased: boolean;
}

export interface NewPerson extends SealedPerson {
  id: string;
  homePath: string | null;
  isDemo: boolean;
}

function selectPeople(db: Db) {
  return selectScoped(db, 'identity_person', everywhere).select([
    'identity_person.id',
    'identity_person.area_path',
    'identity_person.key_id',
    'identity_person.data_key',
    'identity_person.name_sealed',
    'identity_person.phone_sealed',
    'identity_person.created_at',
    'identity_person.erased_at',
  ]);
}

type PersonRow = Awaited<ReturnType<ReturnType<typeof selectPeople>['execute']>>[number];

export function toPerson(row: PersonRow): StoredPerson {
  return {
    id: binaryToId(row.id),
    homePath: row.area_path,
    keyId: row.key_id,
    dataKey: row.data_key,
    nameSealed: row.name_sealed,
    phoneSealed: row.phone_sealed,
    createdAt: row.created_at,
    isErased: row.erased_at !== null,
  };
}

/** A living person; an erased one is not found. */
export async function findPerson(db: Db, id: string): Promise<StoredPerson | null> {
  const row = await selectPeople(db)
    .where('id', '=', idToBinary(id))
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return row ? toPerson(row) : null;
}

export async function findPersonByCredential(
  db: Db,
  kind: 'phone' | 'password',
  lookup: string,
): Promise<StoredPerson | null> {
  const row = await selectPeople(db)
    .innerJoin('identity_credential', 'identity_credential.person_id', 'identity_person.id')
    .where('identity_credential.kind', '=', kind)
    .where('identity_credential.lookup', '=', lookup)
    .executeTakeFirst();
  return row ? toPerson(row) : null;
}

/** Locks the person's row; returns the person, or null when there is none or it was erased. */
export async function lockPerson(tx: Db, id: string): Promise<StoredPerson | null> {
  const row = await selectPeople(tx)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row && row.erased_at === null ? toPerson(row) : null;
}

export async function insertPerson(tx: Db, clock: ClockOffset, person: NewPerson): Promise<void> {
  await tx
    .insertInto('identity_person')
    .values({
      id: idToBinary(person.id),
      area_path: person.homePath,
      key_id: person.keyId,
      data_key: person.dataKey,
      name_sealed: person.nameSealed,
      phone_sealed: person.phoneSealed,
      is_demo: person.isDemo ? 1 : 0,
      created_at: sqlNow(clock),
    })
    .execute();
}

/** Gives a home to a person who has none; returns whether there was none. */
export async function setHome(tx: Db, id: string, areaPath: string): Promise<boolean> {
  const result = await tx
    .updateTable('identity_person')
    .set({ area_path: areaPath })
    .where('id', '=', idToBinary(id))
    .where('area_path', 'is', null)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Destroys the person's key and what it sealed; the row stays as a tombstone. */
export async function destroyPerson(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('identity_person')
    .set({
      area_path: null,
      key_id: null,
      data_key: null,
      name_sealed: null,
      phone_sealed: null,
      erased_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function hasDemoPerson(db: Db): Promise<boolean> {
  const row = await selectScoped(db, 'identity_person', everywhere)
    .select('id')
    .where('is_demo', '=', 1)
    .where('erased_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
