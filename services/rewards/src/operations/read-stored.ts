import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { listRedemptions, type StoredRedemption } from '../store/redemptions.ts';

/** The redemption that an event of this service names. Throws when it is not there. */
export async function readStored(
  db: Kysely<RewardsDatabase>,
  id: string,
): Promise<StoredRedemption> {
  const [redemption] = await listRedemptions(db, [id]);
  if (!redemption) throw new Error(`there is no redemption ${id}`);
  return redemption;
}
