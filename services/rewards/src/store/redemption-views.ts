import type { Redemption, RedemptionState } from '@ddp/contracts/rewards/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;
/** What the person sees, but for the words of the failure. */
export type RedemptionView = Omit<Redemption, 'failureText'>;

/** Newest first. */
function selectViews(db: Db) {
  return selectScoped(db, 'rewards_redemption', everywhere)
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'rewards_redemption.benefit_id')
        .onRef('text.version', '=', 'rewards_redemption.text_version'),
    )
    .leftJoin('rewards_assistance as assistance', (join) =>
      join
        .onRef('assistance.redemption_id', '=', 'rewards_redemption.id')
        .on('assistance.act', '=', 'redemption'),
    )
    .leftJoin('rewards_voucher as voucher', 'voucher.redemption_id', 'rewards_redemption.id')
    .select([
      'rewards_redemption.id',
      'rewards_redemption.benefit_id',
      'rewards_redemption.price_points',
      'rewards_redemption.state',
      'rewards_redemption.failure',
      'rewards_redemption.requested_at',
      'text.title',
      'voucher.id as voucher_id',
      'voucher.holder_id',
      'assistance.acted_at',
    ])
    .orderBy('rewards_redemption.id', 'desc');
}

const selectViewsOf = (db: Db, personId: string) =>
  selectViews(db).where('rewards_redemption.person_id', '=', idToBinary(personId));

type Row = Awaited<ReturnType<ReturnType<typeof selectViews>['execute']>>[number];

function toView(row: Row): RedemptionView {
  return {
    id: binaryToId(row.id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    pricePoints: toSafeInteger(row.price_points),
    state: row.state as RedemptionState,
    failure: row.failure,
    requestedAt: row.requested_at.toISOString(),
    voucherId: binaryToIdOrNull(row.voucher_id),
    isGiven: row.holder_id !== null,
    isAssisted: row.acted_at !== null,
  };
}

/** Null for another person's redemption as for none. */
export async function findView(
  db: Db,
  id: string,
  personId: string,
): Promise<RedemptionView | null> {
  const row = await selectViewsOf(db, personId)
    .where('rewards_redemption.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toView(row) : null;
}

/** Redemptions by id, and whose they are. */
export async function listViewsByIds(
  db: Db,
  ids: readonly string[],
): Promise<{ view: RedemptionView; personId: string }[]> {
  if (ids.length === 0) return [];
  const rows = await selectViews(db)
    .select('rewards_redemption.person_id')
    .where('rewards_redemption.id', 'in', ids.map(idToBinary))
    .execute();
  return rows.map((row) => ({ view: toView(row), personId: binaryToId(row.person_id) }));
}

/** One more than the limit. */
export async function listViews(
  db: Db,
  personId: string,
  after: string | null,
  limit: number,
): Promise<RedemptionView[]> {
  let query = selectViewsOf(db, personId);
  if (after !== null) query = query.where('rewards_redemption.id', '<', idToBinary(after));
  const rows = await query.limit(limit + 1).execute();
  return rows.map(toView);
}

interface Sold {
  benefitId: string;
  textVersion: number;
}

/** Tells titles of `readSoldTitles` apart. */
export const soldTitleKey = ({ benefitId, textVersion }: Sold) => `${benefitId} ${textVersion}`;

/** The titles of benefits as they were when redemptions were asked for, by `soldTitleKey`. */
export async function readSoldTitles(db: Db, sold: readonly Sold[]): Promise<Map<string, string>> {
  const benefitIds = [...new Set(sold.map(({ benefitId }) => benefitId))];
  const rows = await db
    .selectFrom('rewards_benefit_text')
    .select(['benefit_id', 'version', 'title'])
    .where('benefit_id', 'in', benefitIds.map(idToBinary))
    .where('version', 'in', [...new Set(sold.map(({ textVersion }) => textVersion))])
    .execute();
  return new Map(
    rows.map((row) => [
      soldTitleKey({ benefitId: binaryToId(row.benefit_id), textVersion: row.version }),
      row.title,
    ]),
  );
}

/** The title of a benefit as it was when the redemption was asked for. */
export async function readSoldTitle(db: Db, sold: Sold): Promise<string> {
  const title = (await readSoldTitles(db, [sold])).get(soldTitleKey(sold));
  if (title === undefined) throw new Error('a benefit that was sold has no title');
  return title;
}
