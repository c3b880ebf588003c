import type { Benefit, BenefitState, NewBenefit } from '@ddp/contracts/rewards/benefits';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { changeRows } from '@ddp/db-kit/rows';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { insertShares, listShares, type Share, type StockMove } from './shares.ts';

type Db = Kysely<RewardsDatabase>;
type Row = Selectable<RewardsDatabase['rewards_benefit']>;

export interface StoredBenefit
  extends Omit<Benefit, 'opensAt' | 'closesAt' | 'hasPicture' | 'merchantName' | 'merchants'> {
  programmeId: string;
  opensAt: Date | null;
  closesAt: Date | null;
  /** SHA-256 in hex, under which the picture is kept. */
  picture: string | null;
  createdBy: string | null;
  /** Who changed or submitted it last. */
  changedBy: string | null;
  shares: Share[];
}

/** What a draft says, and may be written anew. */
export type Terms = Omit<NewBenefit, 'stock' | 'alsoAt' | 'opensAt' | 'closesAt'> & {
  opensAt: Date | null;
  closesAt: Date | null;
};

export interface NewDraft {
  id: string;
  programmeId: string;
  areaPath: string;
  createdBy: string;
  terms: Terms;
  shares: readonly { merchantId: string; stock: number }[];
}

const orNull = (id: string | null) => (id === null ? null : idToBinary(id));

/** Rows as benefits, each with its shares, in the order of the rows. */
export async function toBenefits(db: Db, rows: readonly Row[]): Promise<StoredBenefit[]> {
  const shares = await listShares(
    db,
    rows.map((row) => binaryToId(row.id)),
  );
  return rows.map((row) => {
    const id = binaryToId(row.id);
    return toBenefit(
      row,
      shares.filter((share) => share.benefitId === id),
    );
  });
}

function toBenefit(row: Row, shares: Share[]): StoredBenefit {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    title: row.title,
    description: row.description,
    kind: row.kind as Benefit['kind'],
    pricePoints: toSafeInteger(row.price_points),
    minimumStanding: toSafeInteger(row.minimum_standing),
    available: toSafeInteger(row.available),
    perPersonPerDay: row.per_person_per_day,
    perPersonPerWeek: row.per_person_per_week,
    perPersonPerMonth: row.per_person_per_month,
    perPersonInTotal: row.per_person_in_total,
    validDays: row.valid_days,
    merchantId: binaryToId(row.merchant_id),
    payer: row.payer as Benefit['payer'],
    unitValueCents: toSafeInteger(row.unit_value_cents),
    budgetId: binaryToIdOrNull(row.budget_id),
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    allocation: row.allocation as Benefit['allocation'],
    textVersion: row.text_version,
    picture: row.picture?.toString('hex') ?? null,
    areaPath: row.area_path,
    state: row.state as BenefitState,
    refusal: row.refusal,
    createdBy: binaryToIdOrNull(row.created_by),
    changedBy: binaryToIdOrNull(row.changed_by),
    shares,
  };
}

const columnsOf = (terms: Terms) => ({
  merchant_id: idToBinary(terms.merchantId),
  title: terms.title,
  description: terms.description,
  kind: terms.kind,
  price_points: terms.pricePoints,
  minimum_standing: terms.minimumStanding,
  per_person_per_day: terms.perPersonPerDay,
  per_person_per_week: terms.perPersonPerWeek,
  per_person_per_month: terms.perPersonPerMonth,
  per_person_in_total: terms.perPersonInTotal,
  valid_days: terms.validDays,
  payer: terms.payer,
  unit_value_cents: terms.unitValueCents,
  budget_id: orNull(terms.budgetId),
  opens_at: terms.opensAt,
  closes_at: terms.closesAt,
  allocation: terms.allocation,
});

const stockOf = (shares: NewDraft['shares']) => {
  const stock = shares.reduce((sum, share) => sum + share.stock, 0);
  return { initial_stock: stock, available: stock, reserved: 0, sold: 0 };
};

export async function insertDraft(tx: Db, clock: ClockOffset, draft: NewDraft): Promise<void> {
  await tx
    .insertInto('rewards_benefit')
    .values({
      id: idToBinary(draft.id),
      programme_id: idToBinary(draft.programmeId),
      ...columnsOf(draft.terms),
      ...stockOf(draft.shares),
      area_path: draft.areaPath,
      state: 'draft',
      created_at: sqlNow(clock),
      funding_version: 0,
      text_version: 1,
      picture: null,
      created_by: idToBinary(draft.createdBy),
      changed_by: idToBinary(draft.createdBy),
      approved_by: null,
      refusal: null,
    })
    .execute();
  await insertShares(tx, draft.id, draft.shares);
}

/** Writes the terms and the stock of a draft anew; false when it is no draft any more. */
export async function changeDraft(
  tx: Db,
  { id, areaPath, programmeId, createdBy, terms, shares }: NewDraft,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_benefit')
    .set({
      ...columnsOf(terms),
      ...stockOf(shares),
      area_path: areaPath,
      programme_id: idToBinary(programmeId),
      changed_by: idToBinary(createdBy),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function findBenefit(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredBenefit | null> {
  const rows = await selectScoped(db, 'rewards_benefit', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .execute();
  return (await toBenefits(db, rows))[0] ?? null;
}

/** Benefits by id; what is not there is left out. */
export async function readBenefits(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, StoredBenefit>> {
  if (ids.length === 0) return new Map();
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .selectAll()
    .where('id', 'in', ids.map(idToBinary))
    .execute();
  return new Map((await toBenefits(db, rows)).map((benefit) => [benefit.id, benefit]));
}

/** A benefit of the scope, locked: every change of its state or words begins with this. */
export async function lockBenefit(
  tx: Db,
  id: string,
  scope: AreaScope,
): Promise<StoredBenefit | null> {
  const rows = await selectScoped(tx, 'rewards_benefit', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return (await toBenefits(tx, rows))[0] ?? null;
}

export interface StateChange {
  to: BenefitState;
  changedBy?: string;
  approvedBy?: string;
  refusal?: string | null;
}

/** States in which points are told what a benefit could pay out: what was never on offer pays nothing. */
const toldStates: readonly BenefitState[] = ['published', 'paused', 'withdrawn', 'ended'];

export const isTold = (state: BenefitState) => toldStates.includes(state);

/** Moves a benefit that is locked. */
export async function moveBenefit(tx: Db, id: string, change: StateChange): Promise<void> {
  await tx
    .updateTable('rewards_benefit')
    .set((eb) => ({
      state: change.to,
      ...(isTold(change.to) ? { funding_version: eb('funding_version', '+', 1) } : {}),
      ...(change.changedBy === undefined ? {} : { changed_by: idToBinary(change.changedBy) }),
      ...(change.approvedBy === undefined ? {} : { approved_by: idToBinary(change.approvedBy) }),
      ...(change.refusal === undefined ? {} : { refusal: change.refusal }),
    }))
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function setPicture(tx: Db, id: string, picture: string, changedBy: string) {
  await tx
    .updateTable('rewards_benefit')
    .set({ picture: Buffer.from(picture, 'hex'), changed_by: idToBinary(changedBy) })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Moves pieces of the stock of benefits; false when some are not where they are to come from. */
export async function moveStocks(
  tx: Db,
  sums: readonly { benefitId: string; pieces: number }[],
  { from, to }: Pick<StockMove, 'from' | 'to'>,
): Promise<boolean> {
  const rows = sums.map(({ benefitId, pieces }) => ({
    key: [idToBinary(benefitId)],
    values: [pieces, pieces, 1],
    when: [pieces],
  }));
  const set = {
    ...{ [from]: `${from} - ?`, [to]: `${to} + ?` },
    funding_version: 'funding_version + ?',
  };
  const how = { keys: ['id'], set, when: `${from} >= ?` };
  return (await changeRows(tx, 'rewards_benefit', how, rows)) === rows.length;
}

/** Adds pieces to the sums of a benefit that may still be redeemed; false when it may not. */
export async function addStock(tx: Db, benefitId: string, pieces: number): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_benefit')
    .set((eb) => ({
      initial_stock: eb('initial_stock', '+', pieces),
      available: eb('available', '+', pieces),
      funding_version: eb('funding_version', '+', 1),
    }))
    .where('id', '=', idToBinary(benefitId))
    .where('state', 'in', ['approved', 'published', 'paused'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
