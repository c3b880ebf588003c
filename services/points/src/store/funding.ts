import type { PayloadOf } from '@ddp/contracts/event';
import type { fundingChanged } from '@ddp/contracts/rewards/events';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;
type Funding = PayloadOf<typeof fundingChanged>;

/** Keeps what a benefit could pay out; an earlier version that comes later changes nothing. */
export async function keepFunding(tx: Db, funding: Funding): Promise<void> {
  const { benefitId, programmeId, fundedPoints: points, version } = funding;
  const benefit = idToBinary(benefitId);
  const programme = idToBinary(programmeId);
  try {
    await tx
      .insertInto('points_funding')
      .values({ benefit_id: benefit, programme_id: programme, points, version })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await tx
      .updateTable('points_funding')
      .set({ programme_id: programme, points, version })
      .where('benefit_id', '=', benefit)
      .where('version', '<', version)
      .execute();
  }
}

/** What the benefits of a programme could pay out together. */
export async function sumFunding(db: Db, programmeId: string): Promise<number> {
  const { points } = await db
    .selectFrom('points_funding')
    .select((eb) => eb.fn.sum<string | null>('points').as('points'))
    .where('programme_id', '=', idToBinary(programmeId))
    .executeTakeFirstOrThrow();
  return toSafeInteger(points);
}
