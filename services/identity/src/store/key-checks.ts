import { isDuplicate } from '@ddp/db-kit/errors';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

const name = 'phone-index';

/** The check of the key that the phone index was begun with; `proposed` when it begins now. */
export async function keepKeyCheck(
  db: Kysely<IdentityDatabase>,
  clock: ClockOffset,
  proposed: string,
): Promise<string> {
  const find = () =>
    db.selectFrom('identity_key_check').select('value').where('name', '=', name).executeTakeFirst();
  const known = await find();
  if (known) return known.value;
  try {
    await db
      .insertInto('identity_key_check')
      .values({ name, value: proposed, created_at: sqlNow(clock) })
      .execute();
    return proposed;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return (await find())?.value ?? proposed;
  }
}
