import type { DrawState } from '@ddp/contracts/rewards/draws';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredDraw {
  id: string;
  programmeId: string;
  benefitId: string;
  benefitTitle: string;
  pricePoints: number;
  winners: number;
  state: DrawState;
  entriesFrom: Date;
  entriesUntil: Date;
  drawnFrom: Date;
  /** From which the seed follows, with the master key. */
  seal: { keyId: string; salt: Buffer };
  seedHash: string;
  seed: string | null;
  entries: number | null;
  listHash: string | null;
  frozenAt: Date | null;
  headAtFreeze: number | null;
  drawnAt: Date | null;
  head: { seq: number; hash: string } | null;
  cancellation: string | null;
}

function selectDraws(db: Db, scope: AreaScope = everywhere) {
  return selectScoped(db, 'rewards_benefit', scope)
    .innerJoin('rewards_draw as draw', 'draw.benefit_id', 'rewards_benefit.id')
    .selectAll('draw')
    .select(['rewards_benefit.title', 'rewards_benefit.price_points']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDraws>['execute']>>[number];
const orNull = (value: number | null) => (value === null ? null : toSafeInteger(value));

function toDraw(row: Row): StoredDraw {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    pricePoints: toSafeInteger(row.price_points),
    winners: row.winners,
    state: row.state as DrawState,
    entriesFrom: row.entries_from,
    entriesUntil: row.entries_until,
    drawnFrom: row.drawn_from,
    seal: { keyId: row.key_id, salt: row.salt },
    seedHash: row.seed_hash,
    seed: row.seed,
    entries: row.entries,
    listHash: row.list_hash,
    frozenAt: row.frozen_at,
    headAtFreeze: orNull(row.frozen_head_seq),
    drawnAt: row.drawn_at,
    head:
      row.head_seq === null || row.head_hash === null
        ? null
        : { seq: toSafeInteger(row.head_seq), hash: row.head_hash },
    cancellation: row.cancellation,
  };
}

export type NewStoredDraw = Pick<
  StoredDraw,
  | 'id'
  | 'programmeId'
  | 'benefitId'
  | 'winners'
  | 'entriesFrom'
  | 'entriesUntil'
  | 'drawnFrom'
  | 'seal'
  | 'seedHash'
> & { openedBy: string };

/** Throws a duplicate when the benefit has a draw that has not ended. */
export async function insertDraw(tx: Db, clock: ClockOffset, draw: NewStoredDraw): Promise<void> {
  await tx
    .insertInto('rewards_draw')
    .values({
      id: idToBinary(draw.id),
      programme_id: idToBinary(draw.programmeId),
      benefit_id: idToBinary(draw.benefitId),
      standing_benefit_id: idToBinary(draw.benefitId),
      winners: draw.winners,
      state: 'open',
      entries_from: draw.entriesFrom,
      entries_until: draw.entriesUntil,
      drawn_from: draw.drawnFrom,
      key_id: draw.seal.keyId,
      salt: draw.seal.salt,
      seed_hash: draw.seedHash,
      ...{ seed: null, entries: null, list_hash: null, frozen_at: null, frozen_head_seq: null },
      ...{ drawn_at: null, head_seq: null, head_hash: null, ended_at: null },
      ...{ cancellation: null, told_at: null },
      opened_by: idToBinary(draw.openedBy),
      opened_at: sqlNow(clock),
    })
    .execute();
}

export async function findDraw(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredDraw | null> {
  const row = await selectDraws(db, scope).where('draw.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toDraw(row) : null;
}

/** The same, locked: entries and every change of a draw begin with this. */
export async function lockDraw(
  tx: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredDraw | null> {
  await tx
    .selectFrom('rewards_draw')
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return findDraw(tx, id, scope);
}

/** Whether a benefit has a draw that has not ended. */
export async function hasStandingDraw(tx: Db, benefitId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_draw')
    .select('id')
    .where('standing_benefit_id', '=', idToBinary(benefitId))
    .executeTakeFirst();
  return row !== undefined;
}

/** The draws of a benefit, newest first, one more than the limit. */
export async function listDrawsOf(
  db: Db,
  benefitId: string,
  page: { after: string | null; limit: number },
): Promise<StoredDraw[]> {
  let query = selectDraws(db).where('draw.benefit_id', '=', idToBinary(benefitId));
  if (page.after !== null) query = query.where('draw.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('draw.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toDraw);
}

const dueBy = {
  open: 'entries_until',
  frozen: 'drawn_from',
} as const;

/** Draws to be frozen, or to be drawn as far as the plan goes. */
export async function listDueDraws(
  db: Db,
  clock: ClockOffset,
  state: keyof typeof dueBy,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_draw')
    .select('id')
    .where('state', '=', state)
    .where(dueBy[state], '<=', sqlNow(clock))
    .orderBy(dueBy[state])
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

export async function listDrawsIn(db: Db, state: DrawState, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_draw')
    .select('id')
    .where('state', '=', state)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** Draws that are not drawn yet, of what is not on offer any more. */
export async function listOverDraws(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_draw as draw', 'draw.standing_benefit_id', 'rewards_benefit.id')
    .select('draw.id')
    .where('draw.state', 'in', ['open', 'frozen'])
    .where(({ or, eb }) =>
      or([
        eb('rewards_benefit.state', 'in', ['withdrawn', 'ended']),
        eb('rewards_benefit.closes_at', '<=', sqlNow(clock)),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

interface Freeze {
  entries: number;
  listHash: string;
  headAtFreeze: number;
}

/** Each of these changes a draw that the caller has locked. */
export async function markFrozen(tx: Db, clock: ClockOffset, id: string, freeze: Freeze) {
  await changeDraw(tx, id, {
    state: 'frozen',
    entries: freeze.entries,
    list_hash: freeze.listHash,
    frozen_head_seq: freeze.headAtFreeze,
    frozen_at: sqlNow(clock),
  });
}

export async function markResult(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { seed, head }: { seed: string; head: { seq: number; hash: string } },
) {
  await changeDraw(tx, id, {
    ...{ state: 'drawn', seed, head_seq: head.seq, head_hash: head.hash },
    drawn_at: sqlNow(clock),
  });
}

export async function markClosed(tx: Db, clock: ClockOffset, id: string) {
  await changeDraw(tx, id, {
    ...{ state: 'closed', standing_benefit_id: null, ended_at: sqlNow(clock) },
  });
}

export async function markCancelled(tx: Db, clock: ClockOffset, id: string, reason: string) {
  await changeDraw(tx, id, {
    ...{ state: 'cancelled', standing_benefit_id: null, ended_at: sqlNow(clock) },
    cancellation: reason,
  });
}

/** Everybody was told of the end of a draw. */
export async function markTold(tx: Db, clock: ClockOffset, id: string) {
  await changeDraw(tx, id, { told_at: sqlNow(clock) });
}

/** Draws that have ended, of whose end somebody may still have to be told. */
export async function listUntoldDraws(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_draw')
    .select('id')
    .where('told_at', 'is', null)
    .where('ended_at', 'is not', null)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

async function changeDraw(tx: Db, id: string, set: object): Promise<void> {
  await tx.updateTable('rewards_draw').set(set).where('id', '=', idToBinary(id)).execute();
}
