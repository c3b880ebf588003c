import type { NewPrint, Print } from '@ddp/contracts/codes/prints';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;
type Row = Selectable<CodesDatabase['codes_print']>;

/** What a job needs to know of a print beside what is told of it. */
export interface PrintOrder extends Print {
  source: NewPrint['of']['kind'];
  batchId: string | null;
  offset: { xMm: number; yMm: number };
  contactPhone: string;
  attempt: number;
  readyAttempt: number | null;
}

function toOrder(row: Row): PrintOrder {
  return {
    id: binaryToId(row.id),
    sheet: row.sheet as Print['sheet'],
    format: row.format as Print['format'],
    state: row.state as Print['state'],
    areaPath: row.area_path,
    wanted: row.wanted,
    drawn: row.drawn,
    failure: row.failure,
    requestedAt: row.requested_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    source: row.source as PrintOrder['source'],
    batchId: binaryToIdOrNull(row.batch_id),
    offset: { xMm: row.offset_x_tenths / 10, yMm: row.offset_y_tenths / 10 },
    contactPhone: row.contact_phone,
    attempt: row.attempt,
    readyAttempt: row.ready_attempt,
  };
}

export async function insertPrint(
  tx: Db,
  clock: ClockOffset,
  print: {
    id: string;
    order: NewPrint;
    areaPath: string;
    wanted: number;
    personId: string;
    keptHours: number;
  },
): Promise<void> {
  const { order } = print;
  await tx
    .insertInto('codes_print')
    .values({
      id: idToBinary(print.id),
      source: order.of.kind,
      batch_id: order.of.kind === 'batch' ? idToBinary(order.of.id) : null,
      sheet: order.sheet,
      format: order.format,
      offset_x_tenths: Math.round(order.offsetXMm * 10),
      offset_y_tenths: Math.round(order.offsetYMm * 10),
      contact_phone: order.contactPhone,
      state: 'waiting',
      area_path: print.areaPath,
      wanted: print.wanted,
      drawn: 0,
      failure: null,
      attempt: 0,
      ready_attempt: null,
      requested_by: idToBinary(print.personId),
      requested_at: sqlNow(clock),
      expires_at: sql<Date>`${sqlNow(clock)} + INTERVAL ${print.keptHours} HOUR`,
    })
    .execute();
  if (order.of.kind === 'batch') return;
  const items = order.of.ids.map((id, position) => ({
    print_id: idToBinary(print.id),
    position,
    object_id: idToBinary(id),
  }));
  await tx.insertInto('codes_print_item').values(items).execute();
}

export async function findPrint(db: Db, id: string, scope: AreaScope): Promise<PrintOrder | null> {
  const row = await selectScoped(db, 'codes_print', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toOrder(row) : null;
}

/** Prints of a person that take room: asked for, or ready and not expired. */
export async function countPrintsOf(db: Db, personId: string): Promise<number> {
  const row = await selectScoped(db, 'codes_print', everywhere)
    .select((eb) => eb.fn.countAll().as('count'))
    .where('requested_by', '=', idToBinary(personId))
    .where('state', 'in', ['waiting', 'ready'])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function listPrintItems(db: Db, printId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('codes_print_item')
    .select('object_id')
    .where('print_id', '=', idToBinary(printId))
    .orderBy('position')
    .execute();
  return rows.map((row) => binaryToId(row.object_id));
}

/** Begins a try of a waiting print; an older try comes to nothing. Null where it is not waiting. */
export async function claimPrint(tx: Db, id: string): Promise<PrintOrder | null> {
  await tx
    .updateTable('codes_print')
    .set({ attempt: sql<number>`attempt + 1`, drawn: 0 })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'waiting')
    .execute();
  const order = await findPrint(tx, id, everywhere);
  return order?.state === 'waiting' ? order : null;
}

/** Notes how far a try is; false where a newer one has taken over. */
export async function noteDrawn(
  db: Db,
  { id, attempt }: PrintOrder,
  drawn: number,
): Promise<boolean> {
  const result = await db
    .updateTable('codes_print')
    .set({ drawn })
    .where('id', '=', idToBinary(id))
    .where('attempt', '=', attempt)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function insertPart(
  db: Db,
  { id, attempt }: PrintOrder,
  part: number,
  bytes: Buffer,
): Promise<void> {
  await db
    .insertInto('codes_print_part')
    .values({ print_id: idToBinary(id), attempt, part, bytes })
    .execute();
}

/** Ends a try: its parts are the print. False, and no change, where a newer try has taken over. */
export async function markReady(
  tx: Db,
  { id, attempt }: PrintOrder,
  drawn: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('codes_print')
    .set({ state: 'ready', ready_attempt: attempt, drawn, wanted: drawn })
    .where('id', '=', idToBinary(id))
    .where('attempt', '=', attempt)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function markFailed(tx: Db, id: string, failure: string): Promise<void> {
  await tx
    .updateTable('codes_print')
    .set({ state: 'failed', failure })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'waiting')
    .execute();
}

/** A part of a ready print by its number from 0; null behind the last. */
export async function findPart(
  db: Db,
  { id, readyAttempt }: PrintOrder,
  part: number,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('codes_print_part')
    .select('bytes')
    .where('print_id', '=', idToBinary(id))
    .where('attempt', '=', readyAttempt)
    .where('part', '=', part)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** Prints whose time is over and that still take room. */
export async function listOverdue(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'codes_print', everywhere)
    .select('id')
    .where('state', 'in', ['waiting', 'ready', 'failed'])
    .where('expires_at', '<=', sqlNow(clock))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Drops the parts of a print, a bounded number; the print has expired when none is left. */
export async function expirePrint(tx: Db, id: string): Promise<void> {
  const mostParts = 200;
  const parts = await tx
    .deleteFrom('codes_print_part')
    .where('print_id', '=', idToBinary(id))
    .limit(mostParts)
    .executeTakeFirst();
  if (Number(parts.numDeletedRows) === mostParts) return;
  await tx
    .updateTable('codes_print')
    .set({ state: 'expired', contact_phone: '' })
    .where('id', '=', idToBinary(id))
    .execute();
}
