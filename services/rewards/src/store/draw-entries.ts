import type { EntryState } from '@ddp/contracts/rewards/draws';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredEntry {
  id: string;
  drawId: string;
  benefitId: string;
  benefitTitle: string;
  pricePoints: number;
  personId: string;
  entryNumber: string;
  state: EntryState;
  enteredAt: Date;
  place: number | null;
  redemptionId: string | null;
}

function selectEntries(db: Db) {
  return selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_draw as draw', 'draw.benefit_id', 'rewards_benefit.id')
    .innerJoin('rewards_draw_entry as entry', 'entry.draw_id', 'draw.id')
    .selectAll('entry')
    .select(['draw.benefit_id', 'rewards_benefit.title', 'rewards_benefit.price_points']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number];

function toEntry(row: Row): StoredEntry {
  return {
    id: binaryToId(row.id),
    drawId: binaryToId(row.draw_id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    pricePoints: toSafeInteger(row.price_points),
    personId: binaryToId(row.person_id),
    entryNumber: row.entry_number,
    state: row.state as EntryState,
    enteredAt: row.entered_at,
    place: row.drawn_place,
    redemptionId: binaryToIdOrNull(row.redemption_id),
  };
}

export async function insertEntry(
  tx: Db,
  clock: ClockOffset,
  entry: Pick<StoredEntry, 'id' | 'drawId' | 'personId' | 'entryNumber'>,
): Promise<void> {
  await tx
    .insertInto('rewards_draw_entry')
    .values({
      id: idToBinary(entry.id),
      draw_id: idToBinary(entry.drawId),
      person_id: idToBinary(entry.personId),
      standing_person_id: idToBinary(entry.personId),
      entry_number: entry.entryNumber,
      state: 'entered',
      entered_at: sqlNow(clock),
      ...{ drawn_place: null, redemption_id: null },
    })
    .execute();
}

export async function findEntry(db: Db, id: string): Promise<StoredEntry | null> {
  const row = await selectEntries(db).where('entry.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toEntry(row) : null;
}

export async function hasEntered(tx: Db, drawId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_draw_entry')
    .select('id')
    .where('draw_id', '=', idToBinary(drawId))
    .where('standing_person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row !== undefined;
}

const inDraw = (db: Db, drawId: string) =>
  db
    .selectFrom('rewards_draw_entry')
    .where('draw_id', '=', idToBinary(drawId))
    .where('state', '<>', 'withdrawn');

export async function countEntries(tx: Db, drawId: string): Promise<number> {
  const { count } = await inDraw(tx, drawId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The numbers of a draw's list, ascending. */
export async function listNumbers(db: Db, drawId: string): Promise<string[]> {
  const rows = await inDraw(db, drawId).select('entry_number').orderBy('entry_number').execute();
  return rows.map((row) => row.entry_number);
}

/** The list as it is published, by places once it is drawn, else by numbers. */
export async function listPublished(
  db: Db,
  drawId: string,
  page: { by: 'entry_number' | 'drawn_place'; after: string | null; limit: number },
): Promise<{ entryNumber: string; place: number | null }[]> {
  let query = inDraw(db, drawId).select(['entry_number', 'drawn_place']).orderBy(page.by);
  if (page.after !== null) {
    query = query.where(page.by, '>', page.by === 'drawn_place' ? Number(page.after) : page.after);
  }
  const rows = await query.limit(page.limit).execute();
  return rows.map((row) => ({ entryNumber: row.entry_number, place: row.drawn_place }));
}

const placesAtOnce = 500;

/** Writes down at which place each entry of a locked draw stands, from 1. */
export async function writePlaces(
  tx: Db,
  drawId: string,
  order: readonly string[],
): Promise<number> {
  let written = 0;
  for (let start = 0; start < order.length; start += placesAtOnce) {
    const block = order.slice(start, start + placesAtOnce);
    const cases = block.map((number, index) => sql`WHEN ${number} THEN ${start + index + 1}`);
    const { numUpdatedRows } = await tx
      .updateTable('rewards_draw_entry')
      .set({ drawn_place: sql<number>`CASE entry_number ${sql.join(cases, sql` `)} END` })
      .where('draw_id', '=', idToBinary(drawId))
      .where('entry_number', 'in', block)
      .executeTakeFirst();
    written += Number(numUpdatedRows);
  }
  return written;
}

/** Who stands first among those of a drawn list that nothing was done for yet. */
export async function findNextEntry(db: Db, drawId: string): Promise<StoredEntry | null> {
  const row = await selectEntries(db)
    .where('entry.draw_id', '=', idToBinary(drawId))
    .where('entry.state', '=', 'entered')
    .orderBy('entry.drawn_place')
    .limit(1)
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** Moves an entry that still stands as it was entered; false when something was done with it. */
export async function moveEntry(
  tx: Db,
  id: string,
  to: { state: Exclude<EntryState, 'entered'>; redemptionId?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_draw_entry')
    .set({
      state: to.state,
      ...(to.state === 'withdrawn' ? { standing_person_id: null } : {}),
      ...(to.redemptionId === undefined ? {} : { redemption_id: idToBinary(to.redemptionId) }),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'entered')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Passes by the winner whose redemption ended before it had its piece; false when it is of no draw. */
export async function passEntryOf(tx: Db, redemptionId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_draw_entry')
    .set({ state: 'passed' })
    .where('redemption_id', '=', idToBinary(redemptionId))
    .where('state', '=', 'won')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Some whom an ended draw had no piece for, and who were not told yet. */
export async function listEntered(
  db: Db,
  drawId: string,
  limit: number,
): Promise<{ id: string; personId: string }[]> {
  const rows = await db
    .selectFrom('rewards_draw_entry')
    .select(['id', 'person_id'])
    .where('draw_id', '=', idToBinary(drawId))
    .where('state', '=', 'entered')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), personId: binaryToId(row.person_id) }));
}

/** A person's entries, newest first, one more than the limit. */
export async function listEntriesOf(
  db: Db,
  personId: string,
  page: { after: string | null; limit: number },
): Promise<StoredEntry[]> {
  let query = selectEntries(db).where('entry.person_id', '=', idToBinary(personId));
  if (page.after !== null) query = query.where('entry.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('entry.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toEntry);
}

/** Entries of a person for which nothing was done yet. */
export async function listEnteredOf(tx: Db, personId: string): Promise<StoredEntry[]> {
  const rows = await selectEntries(tx)
    .where('entry.person_id', '=', idToBinary(personId))
    .where('entry.state', '=', 'entered')
    .orderBy('entry.id')
    .execute();
  return rows.map(toEntry);
}
