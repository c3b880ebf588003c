import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import { type StoredPerson, toPerson } from './people.ts';

type Db = Kysely<IdentityDatabase>;

export interface StaffAccount {
  person: StoredPerson;
  login: string;
  mustChange: boolean;
}

/** Accounts whose login comes after one and begins as asked, in the order of logins. */
export async function listAccounts(
  db: Db,
  { after, search, limit }: { after: string | null; search: string; limit: number },
): Promise<StaffAccount[]> {
  const rows = await selectScoped(db, 'identity_person', everywhere)
    .innerJoin('identity_credential as way', 'way.person_id', 'identity_person.id')
    .selectAll('identity_person')
    .select(['way.lookup', 'way.must_change'])
    .where('way.kind', '=', 'password')
    .where('way.lookup', '>', after ?? '')
    .where('way.lookup', 'like', `${search.replaceAll('_', '\\_')}%`)
    .orderBy('way.lookup')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    person: toPerson(row),
    login: row.lookup,
    mustChange: row.must_change === 1,
  }));
}

/** The living among these people, and which of them have an account of staff. */
export async function listNamed(
  db: Db,
  ids: readonly string[],
): Promise<{ person: StoredPerson; isStaff: boolean }[]> {
  const rows = await selectScoped(db, 'identity_person', everywhere)
    .leftJoin('identity_credential as way', (join) =>
      join.onRef('way.person_id', '=', 'identity_person.id').on('way.kind', '=', 'password'),
    )
    .selectAll('identity_person')
    .select('way.id as way_id')
    .where('identity_person.id', 'in', ids.map(idToBinary))
    .where('identity_person.erased_at', 'is', null)
    .execute();
  return rows.map((row) => ({ person: toPerson(row), isStaff: row.way_id !== null }));
}
