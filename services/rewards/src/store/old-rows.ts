import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type Levelled, levelShelves } from '../domain/level-shelves.ts';

type Db = Kysely<RewardsDatabase>;

/** States of a redemption in which a merchant has a piece aside for it, or gave it away. */
const placedStates = ['reserved', 'issued', 'verified'];
/** States of a benefit that has no approved words yet. */
const wordless = ['draft', 'submitted'];

/** Gives redemptions that were set aside at no merchant the first one of their benefit; how many. */
export async function placeAtFirstMerchant(db: Db): Promise<number> {
  const first = selectScoped(db, 'rewards_benefit', everywhere)
    .select('rewards_benefit.merchant_id')
    .where('rewards_benefit.id', '=', sql.ref<Buffer>('rewards_redemption.benefit_id'));
  const { numUpdatedRows } = await db
    .updateTable('rewards_redemption')
    .set({ merchant_id: first })
    .where('merchant_id', 'is', null)
    .where('state', 'in', placedStates)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Benefits whose stock is not that of their merchants, or whose words nobody can look up. */
export async function listOldBenefits(db: Db, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('rewards_share')
          .select(({ fn }) => [
            'benefit_id',
            fn.sum('initial_stock').as('initial_stock'),
            fn.sum('reserved').as('reserved'),
            fn.sum('sold').as('sold'),
          ])
          .groupBy('benefit_id')
          .as('shelf'),
      (join) => join.onRef('shelf.benefit_id', '=', 'rewards_benefit.id'),
    )
    .leftJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'rewards_benefit.id')
        .onRef('text.version', '=', 'rewards_benefit.text_version'),
    )
    .select('rewards_benefit.id')
    .where((eb) =>
      eb.or([
        eb('shelf.benefit_id', 'is', null),
        sql<boolean>`shelf.initial_stock <> rewards_benefit.initial_stock`,
        sql<boolean>`shelf.reserved <> rewards_benefit.reserved`,
        sql<boolean>`shelf.sold <> rewards_benefit.sold`,
        eb.and([eb('text.version', 'is', null), eb('rewards_benefit.state', 'not in', wordless)]),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/**
 * Counts the stock of each merchant of a benefit anew from its redemptions, under the locks of every
 * share and then of the benefit: whoever moves a piece has both, so that no piece is under way.
 * Throws, and so changes nothing, where that is not what the benefit says of itself.
 */
export async function countSharesAnew(tx: Db, benefitId: string): Promise<void> {
  const id = idToBinary(benefitId);
  const rows = await tx
    .selectFrom('rewards_share')
    .select(['merchant_id', 'initial_stock'])
    .where('benefit_id', '=', id)
    .orderBy('merchant_id')
    .forUpdate()
    .execute();
  const sums = await selectScoped(tx, 'rewards_benefit', everywhere)
    .select(['merchant_id', 'initial_stock', 'available', 'reserved', 'sold'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const stock = new Map(
    rows.map((row) => [binaryToId(row.merchant_id), toSafeInteger(row.initial_stock)]),
  );
  const first = binaryToId(sums.merchant_id);
  if (rows.length === 0) stock.set(first, toSafeInteger(sums.initial_stock));
  const taken = await countTaken(tx, benefitId, first);
  const merchantIds = [...new Set([...stock.keys(), ...taken.keys()])];
  const levelled = levelShelves(
    merchantIds.map((merchantId) => ({
      ...(taken.get(merchantId) ?? { reserved: 0, sold: 0 }),
      merchantId,
      initialStock: stock.get(merchantId) ?? 0,
    })),
  );
  const isWhole = (['initialStock', 'available', 'reserved', 'sold'] as const).every((part) => {
    const column = part === 'initialStock' ? 'initial_stock' : part;
    return levelled?.reduce((sum, one) => sum + one[part], 0) === toSafeInteger(sums[column]);
  });
  if (!levelled || !isWhole) throw new Error('the stock of a benefit is not what was taken of it');
  for (const one of levelled) await writeShare(tx, benefitId, one);
}

/** What is reserved and sold of a benefit, by merchant. */
async function countTaken(tx: Db, benefitId: string, first: string) {
  const rows = await selectScoped(tx, 'rewards_redemption', everywhere)
    .select(({ fn }) => ['merchant_id', 'state', fn.countAll<string | number>().as('pieces')])
    .where('benefit_id', '=', idToBinary(benefitId))
    .where('state', 'in', placedStates)
    .groupBy(['merchant_id', 'state'])
    .execute();
  const pieces = await tx
    .selectFrom('rewards_piece')
    .select(({ fn }) => ['merchant_id', fn.countAll<string | number>().as('pieces')])
    .where('benefit_id', '=', idToBinary(benefitId))
    .groupBy('merchant_id')
    .execute();
  const taken = new Map<string, { reserved: number; sold: number }>();
  for (const row of pieces) {
    const reserved = toSafeInteger(row.pieces);
    taken.set(binaryToId(row.merchant_id), { reserved, sold: 0 });
  }
  for (const row of rows) {
    const merchantId = binaryToIdOrNull(row.merchant_id) ?? first;
    const { reserved, sold } = taken.get(merchantId) ?? { reserved: 0, sold: 0 };
    const pieces = toSafeInteger(row.pieces);
    const isSold = row.state === 'verified';
    taken.set(
      merchantId,
      isSold ? { reserved, sold: sold + pieces } : { reserved: reserved + pieces, sold },
    );
  }
  return taken;
}

async function writeShare(tx: Db, benefitId: string, share: Levelled): Promise<void> {
  const { merchantId, initialStock, available, reserved, sold } = share;
  const key = { benefit_id: idToBinary(benefitId), merchant_id: idToBinary(merchantId) };
  const stock = { initial_stock: initialStock, available, reserved, sold };
  const { numUpdatedRows } = await tx
    .updateTable('rewards_share')
    .set(stock)
    .where((eb) => eb.and(key))
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  await tx
    .insertInto('rewards_share')
    .values({ ...key, ...stock })
    .execute();
}

/** Writes down what a benefit says as its first version, where it went on offer without one. */
export async function fillFirstText(tx: Db, clock: ClockOffset, benefitId: string): Promise<void> {
  const benefit = await selectScoped(tx, 'rewards_benefit', everywhere)
    .leftJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'rewards_benefit.id')
        .onRef('text.version', '=', 'rewards_benefit.text_version'),
    )
    .select(['rewards_benefit.text_version', 'rewards_benefit.title'])
    .select('rewards_benefit.description')
    .where('rewards_benefit.id', '=', idToBinary(benefitId))
    .where('rewards_benefit.state', 'not in', wordless)
    .where('text.version', 'is', null)
    .executeTakeFirst();
  if (!benefit) return;
  await tx
    .insertInto('rewards_benefit_text')
    .values({
      benefit_id: idToBinary(benefitId),
      version: benefit.text_version,
      title: benefit.title,
      description: benefit.description,
      picture: null,
      state: 'approved',
      proposed_by: null,
      decided_by: null,
      proposed_at: sqlNow(clock),
      decided_at: sqlNow(clock),
    })
    .execute();
}
