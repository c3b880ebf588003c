import type { CasePattern } from '@ddp/contracts/ratings/case-schemas';
import { binaryToId, binaryToIdOrNull } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { Finding, Signal, WatchLimits } from '../domain/watch.ts';

type Db = Kysely<RatingsDatabase>;

/** More at once are looked at by the next sweep, as long as they are recent. */
const mostSignals = 20_000;
const mostPairs = 500;

/** Signals of subjects, since a time, that have from one network as many as make a burst. */
export async function listBurstSignals(
  db: Db,
  since: Date,
  limits: WatchLimits,
): Promise<Signal[]> {
  const busy = await db
    .selectFrom('ratings_signal')
    .select(['subject_id', 'network'])
    .where('rated_at', '>=', since)
    .where('network', 'is not', null)
    .groupBy(['subject_id', 'network'])
    .having(sql<number>`COUNT(*)`, '>=', limits.burstRatings)
    .orderBy(sql`MAX(rated_at)`, 'desc')
    .limit(mostPairs)
    .execute();
  const signals: Signal[] = [];
  for (const { subject_id: subject, network } of busy) {
    const rows = await selectSignals(db, since)
      .where('subject_id', '=', subject)
      .where('network', '=', network)
      .execute();
    signals.push(...rows.map(toSignal));
  }
  return signals;
}

/** Signals of devices, since a time, on which as many people rated as are too many for one. */
export async function listDeviceSignals(
  db: Db,
  since: Date,
  limits: WatchLimits,
): Promise<Signal[]> {
  const shared = await db
    .selectFrom('ratings_signal')
    .select('device')
    .where('rated_at', '>=', since)
    .where('device', 'is not', null)
    .groupBy('device')
    .having(sql<number>`COUNT(DISTINCT person_id)`, '>=', limits.deviceAccounts)
    .orderBy(sql`MAX(rated_at)`, 'desc')
    .limit(mostPairs)
    .execute();
  const signals: Signal[] = [];
  for (const { device } of shared) {
    const rows = await selectSignals(db, since).where('device', '=', device).execute();
    signals.push(...rows.map(toSignal));
  }
  return signals;
}

function selectSignals(db: Db, since: Date) {
  return db
    .selectFrom('ratings_signal')
    .select(['rating_id', 'subject_id', 'person_id', 'device', 'network', 'rated_at'])
    .where('rated_at', '>=', since)
    .orderBy('rated_at')
    .limit(mostSignals);
}

function toSignal(row: {
  rating_id: Buffer;
  subject_id: Buffer;
  person_id: Buffer | null;
  device: Buffer | null;
  network: Buffer | null;
  rated_at: Date;
}): Signal {
  return {
    ratingId: binaryToId(row.rating_id),
    subjectId: binaryToId(row.subject_id),
    personId: binaryToIdOrNull(row.person_id),
    device: row.device?.toString('hex') ?? null,
    network: row.network?.toString('hex') ?? null,
    ratedAt: row.rated_at,
  };
}

/** What stands in a case of a pattern is not found for it again, nor before what is new. */
const isUnlisted = (db: Db, pattern: CasePattern) => {
  const cases = selectScoped(db, 'ratings_case', everywhere)
    .innerJoin('ratings_case_rating as listed', 'listed.case_id', 'ratings_case.id')
    .select('listed.rating_id')
    .where('ratings_case.pattern', '=', pattern)
    .where('listed.rating_id', '=', sql.ref<Buffer>('ratings_rating.id'));
  return sql<boolean>`NOT EXISTS ${cases}`;
};

/** People who rated each other, the newer rating since a time. */
export async function findPairs(db: Db, sinceDay: string): Promise<Finding[]> {
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .innerJoin('ratings_rating as back', (join) =>
      join
        .onRef('back.person_id', '=', 'ratings_rating.subject_person_id')
        .onRef('back.subject_person_id', '=', 'ratings_rating.person_id'),
    )
    .select(['ratings_rating.id', 'back.id as back_id'])
    .select(['ratings_rating.person_id', 'back.person_id as back_person_id'])
    .where('ratings_rating.rated_on', '>=', sinceDay)
    .whereRef('ratings_rating.id', '>', 'back.id')
    .where(isUnlisted(db, 'pair'))
    .orderBy('ratings_rating.id')
    .limit(mostPairs)
    .execute();
  return rows.map((row) => ({
    pattern: 'pair',
    about: [row.person_id, row.back_person_id]
      .map((id) => id?.toString('hex') ?? '')
      .sort()
      .join(' '),
    ratingIds: [binaryToId(row.id), binaryToId(row.back_id)],
  }));
}

/** Ratings since a day by people who held a post in the rated unit, as it became known later. */
export async function findOwnUnit(db: Db, sinceDay: string): Promise<Finding[]> {
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .innerJoin('ratings_post_card as post', (join) =>
      join
        .onRef('post.person_id', '=', 'ratings_rating.person_id')
        .onRef('post.unit_id', '=', 'ratings_rating.unit_id')
        .onRef('post.from_on', '<=', 'ratings_rating.rated_on'),
    )
    .select(['ratings_rating.id', 'ratings_rating.person_id', 'ratings_rating.unit_id'])
    .where('ratings_rating.rated_on', '>=', sinceDay)
    .where((eb) =>
      eb.or([
        eb('post.to_on', 'is', null),
        eb('post.to_on', '>=', eb.ref('ratings_rating.rated_on')),
      ]),
    )
    .where(isUnlisted(db, 'own-unit'))
    .orderBy('ratings_rating.id')
    .limit(mostPairs)
    .execute();
  return rows.map((row) => ({
    pattern: 'own-unit',
    about: `${row.person_id?.toString('hex')} ${row.unit_id?.toString('hex')}`,
    ratingIds: [binaryToId(row.id)],
  }));
}

const purgeSize = 5_000;

/** Signals are of no use after a month, and nobody else's business before. */
export async function purgeSignals(db: Db, before: Date): Promise<void> {
  for (let count = purgeSize; count === purgeSize; ) {
    const { numDeletedRows } = await db
      .deleteFrom('ratings_signal')
      .where('rated_at', '<', before)
      .orderBy('rated_at')
      .limit(purgeSize)
      .executeTakeFirst();
    count = Number(numDeletedRows);
  }
}
