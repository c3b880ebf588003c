import type { BenefitQuery, BenefitState } from '@ddp/contracts/rewards/benefits';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { containing, escapeLike } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type StoredBenefit, toBenefits } from './benefits.ts';

type Db = Kysely<RewardsDatabase>;

/** Which benefits a reader sees: an area's, a programme's offer, or a merchant's own. */
export type BenefitReach =
  | { kind: 'area'; scope: AreaScope }
  | { kind: 'offer'; programmeId: string }
  | { kind: 'shop'; merchantId: string };

export type BenefitFilter = Partial<
  Pick<
    BenefitQuery,
    | 'kind'
    | 'search'
    | 'merchantId'
    | 'state'
    | 'withPoints'
    | 'withStanding'
    | 'aboveStanding'
    | 'untilStanding'
  >
>;

/** Where a page goes on: by id alone, or behind a distance and an id. */
export interface ListPlace {
  rank: number;
  id: string;
}

export interface RankedBenefit extends StoredBenefit {
  rank: number;
}

const column = (name: string) => sql.ref(`rewards_benefit.${name}`);

/**
 * How far a benefit is: 0 in the reader's own area, one more for each level up. A benefit is where its
 * nearest open shop is, or in its own area.
 */
function rankFrom(db: Db, home: string | null): RawBuilder<number> {
  if (home === null) return sql<number>`0`;
  const parts = home.split('/').filter((part) => part !== '');
  const paths = parts.map((_part, index) => `/${parts.slice(0, parts.length - index).join('/')}/`);
  const cases = paths.map((path, rank) => {
    const isInside = sql`${column('area_path')} LIKE ${`${escapeLike(path)}%`}`;
    return sql`WHEN ${isInside} OR EXISTS (${shopsWithin(db, path)}) THEN ${rank}`;
  });
  return sql<number>`CASE ${sql.join(cases, sql` `)} ELSE ${paths.length} END`;
}

/** Open shops under an area at which the benefit of the row around it may be had. */
function shopsWithin(db: Db, path: string) {
  return selectScoped(db, 'rewards_shop', [path])
    .innerJoin('rewards_share as near', 'near.merchant_id', 'rewards_shop.merchant_id')
    .select('rewards_shop.id')
    .where('rewards_shop.state', '=', 'open')
    .where(sql<boolean>`near.benefit_id = ${column('id')}`);
}

/** Benefits within reach, nearest first where a home is given, else newest first; one more than the limit. */
export async function listBenefits(
  db: Db,
  clock: ClockOffset,
  reach: BenefitReach,
  filter: BenefitFilter,
  page: { after: ListPlace | null; limit: number; home: string | null },
): Promise<RankedBenefit[]> {
  const rank = rankFrom(db, page.home);
  let query = narrow(withinReach(db, clock, reach), filter).selectAll('rewards_benefit');
  if (page.after !== null) {
    const { rank: lastRank, id } = page.after;
    query = query.where(
      sql<boolean>`(${rank} > ${lastRank}
        OR (${rank} = ${lastRank} AND ${column('id')} < ${idToBinary(id)}))`,
    );
  }
  const rows = await query
    .select(rank.as('rank_from_home'))
    .orderBy('rank_from_home')
    .orderBy('rewards_benefit.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const ranks = new Map(rows.map((row) => [binaryToId(row.id), Number(row.rank_from_home)]));
  const benefits = await toBenefits(db, rows);
  return benefits.map((benefit) => ({ ...benefit, rank: ranks.get(benefit.id) ?? 0 }));
}

function withinReach(db: Db, clock: ClockOffset, reach: BenefitReach) {
  const query = selectScoped(
    db,
    'rewards_benefit',
    reach.kind === 'area' ? reach.scope : everywhere,
  );
  switch (reach.kind) {
    case 'area':
      return query;
    case 'shop':
      return query.where(
        sql<boolean>`EXISTS (SELECT 1 FROM rewards_share own
          WHERE own.benefit_id = ${column('id')}
            AND own.merchant_id = ${idToBinary(reach.merchantId)})`,
      );
    case 'offer':
      return query
        .where('rewards_benefit.programme_id', '=', idToBinary(reach.programmeId))
        .where('rewards_benefit.state', '=', 'published')
        .where(sql<boolean>`(opens_at IS NULL OR opens_at <= ${sqlNow(clock)})`)
        .where(sql<boolean>`(closes_at IS NULL OR closes_at > ${sqlNow(clock)})`);
  }
}

type ReachQuery = ReturnType<typeof withinReach>;

function narrow(reached: ReachQuery, filter: BenefitFilter): ReachQuery {
  let query = reached;
  const { kind, search, merchantId, state } = filter;
  if (kind !== undefined) query = query.where('rewards_benefit.kind', '=', kind);
  if (state !== undefined) query = query.where('rewards_benefit.state', '=', state);
  if (merchantId !== undefined) {
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM rewards_share at_merchant
        WHERE at_merchant.benefit_id = ${column('id')}
          AND at_merchant.merchant_id = ${idToBinary(merchantId)})`,
    );
  }
  if (search !== undefined) {
    const pattern = containing(search);
    query = query.where(({ or, eb }) =>
      or([
        eb('rewards_benefit.title', 'like', pattern),
        eb('rewards_benefit.description', 'like', pattern),
      ]),
    );
  }
  const { withPoints, withStanding, aboveStanding, untilStanding } = filter;
  if (withPoints !== undefined) query = query.where('price_points', '<=', withPoints);
  if (withStanding !== undefined) query = query.where('minimum_standing', '<=', withStanding);
  if (aboveStanding !== undefined) query = query.where('minimum_standing', '>', aboveStanding);
  if (untilStanding !== undefined) query = query.where('minimum_standing', '<=', untilStanding);
  // What is drawn by lot nobody gets now, however much of it there is.
  if (withPoints !== undefined) {
    query = query.where('available', '>', 0).where('allocation', '<>', 'draw');
  }
  return query;
}

/** Benefits whose window has begun or ended while they are still in a state, some at a time. */
export async function listDueBenefits(
  db: Db,
  clock: ClockOffset,
  due: { states: readonly BenefitState[]; column: 'opens_at' | 'closes_at'; limit: number },
): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .select('id')
    .where('state', 'in', due.states)
    .where(due.column, '<=', sqlNow(clock))
    .orderBy(due.column)
    .limit(due.limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}
