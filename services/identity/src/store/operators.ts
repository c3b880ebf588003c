import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import { type StoredPerson, toPerson } from './people.ts';

type Db = Kysely<IdentityDatabase>;

const mostOperators = 200;

export interface Operator {
  person: StoredPerson;
  role: 'merchant-owner' | 'merchant-clerk';
  boundAt: Date | null;
}

/** Who acts for a merchant, oldest first. */
export async function listOperators(db: Db, merchantId: string): Promise<Operator[]> {
  const rows = await selectScoped(db, 'identity_person', everywhere)
    .innerJoin('identity_grant as grant_held', 'grant_held.person_id', 'identity_person.id')
    .selectAll('identity_person')
    .select(['grant_held.role', 'grant_held.bound_at'])
    .where('grant_held.merchant_id', '=', idToBinary(merchantId))
    .where('identity_person.erased_at', 'is', null)
    .orderBy('grant_held.created_at')
    .limit(mostOperators)
    .execute();
  return rows.map((row) => ({
    person: toPerson(row),
    role: row.role as Operator['role'],
    boundAt: row.bound_at,
  }));
}

export interface OperatorRef {
  merchantId: string;
  personId: string;
  role: 'merchant-clerk';
}

const columnsOf = ({ merchantId, personId, role }: OperatorRef) => ({
  merchant_id: idToBinary(merchantId),
  person_id: idToBinary(personId),
  role,
});

export async function deleteGrant(tx: Db, of: OperatorRef): Promise<void> {
  await tx
    .deleteFrom('identity_grant')
    .where((eb) => eb.and(columnsOf(of)))
    .execute();
}

export async function unbindGrant(tx: Db, of: OperatorRef): Promise<void> {
  await tx
    .updateTable('identity_grant')
    .set({ device: null, bound_at: null })
    .where((eb) => eb.and(columnsOf(of)))
    .execute();
}

/** Binds a clerk's grants that have no phone yet to the one at hand. */
export async function bindDevice(
  tx: Db,
  clock: ClockOffset,
  personId: string,
  device: string,
): Promise<void> {
  await tx
    .updateTable('identity_grant')
    .set({ device, bound_at: sqlNow(clock) })
    .where('person_id', '=', idToBinary(personId))
    .where('role', '=', 'merchant-clerk')
    .where('device', 'is', null)
    .execute();
}

/** Whether the person may act as a clerk on a phone. */
export async function isBoundTo(tx: Db, personId: string, device: string): Promise<boolean> {
  const row = await tx
    .selectFrom('identity_grant')
    .select('id')
    .where('person_id', '=', idToBinary(personId))
    .where('role', '=', 'merchant-clerk')
    .where('device', '=', device)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
