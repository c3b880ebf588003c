import type { Relocation, RelocationState } from '@ddp/contracts/directory/relocations';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { type Kysely, sql } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

const columns = [
  'id',
  'kind',
  'area_code',
  'target_code',
  'old_path',
  'new_path',
  'state',
  'reason',
  'started_at',
  'finished_at',
] as const;

interface RelocationRow {
  id: Buffer;
  kind: string;
  area_code: string;
  target_code: string;
  old_path: string;
  new_path: string;
  state: string;
  reason: string;
  started_at: Date;
  finished_at: Date | null;
}

function toRelocation(row: RelocationRow): Relocation {
  return {
    id: binaryToId(row.id),
    kind: row.kind as Relocation['kind'],
    areaCode: row.area_code,
    targetCode: row.target_code,
    oldPath: row.old_path,
    newPath: row.new_path,
    state: row.state as RelocationState,
    reason: row.reason,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** Changes of areas, newest first, one more than the limit. */
export async function listRelocations(
  db: Db,
  after: string | null,
  limit: number,
): Promise<Relocation[]> {
  let query = db.selectFrom('directory_relocation').select(columns);
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toRelocation);
}

export async function readRelocation(db: Db, id: string): Promise<Relocation> {
  const row = await db
    .selectFrom('directory_relocation')
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirstOrThrow();
  return toRelocation(row);
}

/** The one that is under way, locked where a step of it is to be taken. */
export async function findUnderWay(db: Db, lock?: 'lock'): Promise<Relocation | null> {
  let query = db.selectFrom('directory_relocation').select(columns).where('under_way', '=', 1);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row ? toRelocation(row) : null;
}

export type NewRelocation = Omit<Relocation, 'state' | 'startedAt' | 'finishedAt'>;

/** Throws a duplicate while another is under way. */
export async function insertRelocation(
  tx: Db,
  clock: ClockOffset,
  one: NewRelocation,
): Promise<void> {
  await tx
    .insertInto('directory_relocation')
    .values({
      id: idToBinary(one.id),
      kind: one.kind,
      area_code: one.areaCode,
      target_code: one.targetCode,
      old_path: one.oldPath,
      new_path: one.newPath,
      state: 'rewriting',
      under_way: 1,
      reason: one.reason,
      settle_at: null,
      started_at: sqlNow(clock),
      finished_at: null,
    })
    .execute();
}

/** Ends the rewriting; what was under way elsewhere has some seconds to come in. */
export async function beginSettling(
  tx: Db,
  clock: ClockOffset,
  id: string,
  seconds: number,
): Promise<void> {
  await tx
    .updateTable('directory_relocation')
    .set({
      state: 'settling',
      settle_at: sql<Date>`(${sqlNow(clock)} + INTERVAL ${seconds} SECOND)`,
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function hasSettled(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('directory_relocation')
    .select('id')
    .where('id', '=', idToBinary(id))
    .where('settle_at', '<=', sqlNow(clock))
    .executeTakeFirst();
  return row !== undefined;
}

export async function markAnnounced(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('directory_relocation')
    .set({ state: 'announced' })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function markDone(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('directory_relocation')
    .set({ state: 'done', under_way: null, finished_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** How many areas a subtree has, counted up to one more than the most. */
export async function countAreas(tx: Db, areaPath: string, most: number): Promise<number> {
  const rows = await selectScoped(tx, 'directory_area', [areaPath])
    .select('code')
    .limit(most + 1)
    .execute();
  return rows.length;
}

/** The expression of a path with its beginning replaced. */
const replaced = (oldPath: string, newPath: string) =>
  sql<string>`CONCAT(${newPath}, SUBSTRING(area_path, ${oldPath.length + 1}))`;

const under = (path: string) => sql<boolean>`area_path LIKE ${`${path}%`}`;

/** Gives the areas of a subtree their new paths; a merged area itself stays where it was. */
export async function rewriteAreas(tx: Db, one: NewRelocation): Promise<void> {
  const { oldPath, newPath, areaCode, targetCode } = one;
  let update = tx
    .updateTable('directory_area')
    .set({ area_path: replaced(oldPath, newPath) })
    .where(under(oldPath));
  if (one.kind === 'merge') update = update.where('code', '<>', areaCode);
  await update.execute();
  if (one.kind === 'move') {
    await setParent(tx, 'code', areaCode, targetCode);
    return;
  }
  await setParent(tx, 'parent_code', areaCode, targetCode);
  await tx
    .updateTable('directory_area')
    .set({ state: 'merged', merged_into: targetCode })
    .where('code', '=', areaCode)
    .execute();
}

async function setParent(tx: Db, by: 'code' | 'parent_code', code: string, parentCode: string) {
  await tx
    .updateTable('directory_area')
    .set({ parent_code: parentCode })
    .where(by, '=', code)
    .execute();
}

/** Carries the programmes under the old path along; returns their ids. */
export async function rewriteProgrammes(
  tx: Db,
  { oldPath, newPath }: NewRelocation,
): Promise<string[]> {
  const rows = await selectScoped(tx, 'directory_programme', [oldPath]).select('id').execute();
  await tx
    .updateTable('directory_programme')
    .set({ area_path: replaced(oldPath, newPath) })
    .where(under(oldPath))
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

interface PlacedRow {
  id: string;
  areaPath: string;
}

/** Some of the rows that still stand under a path, locked. */
async function lockRows(
  tx: Db,
  table: 'directory_subject' | 'directory_post' | 'directory_unit',
  oldPath: string,
  limit: number,
): Promise<PlacedRow[]> {
  const rows = await selectScoped(tx, table, [oldPath])
    .select(['id', 'area_path'])
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), areaPath: row.area_path }));
}

/** Carries some units along; returns how many. */
export async function rewriteUnits(tx: Db, one: Relocation, limit: number): Promise<number> {
  const rows = await lockRows(tx, 'directory_unit', one.oldPath, limit);
  if (rows.length === 0) return 0;
  await tx
    .updateTable('directory_unit')
    .set({ area_path: replaced(one.oldPath, one.newPath) })
    .where('id', 'in', idsOf(rows))
    .execute();
  return rows.length;
}

/** Carries some posts along; returns their ids. */
export async function rewritePosts(tx: Db, one: Relocation, limit: number): Promise<string[]> {
  const rows = await lockRows(tx, 'directory_post', one.oldPath, limit);
  if (rows.length === 0) return [];
  await tx
    .updateTable('directory_post')
    .set((eb) => ({
      area_path: replaced(one.oldPath, one.newPath),
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', idsOf(rows))
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Carries some subjects along, each to the programme that it comes under; returns their ids. The
 * programme of a path is asked of the caller.
 */
export async function rewriteSubjects(
  tx: Db,
  one: Relocation,
  limit: number,
  programmeOf: (oldPath: string) => string | null,
): Promise<string[]> {
  const rows = await lockRows(tx, 'directory_subject', one.oldPath, limit);
  const byProgramme = new Map<string | null, PlacedRow[]>();
  for (const row of rows) {
    const programmeId = programmeOf(row.areaPath);
    byProgramme.set(programmeId, [...(byProgramme.get(programmeId) ?? []), row]);
  }
  for (const [programmeId, group] of byProgramme) {
    await tx
      .updateTable('directory_subject')
      .set((eb) => ({
        area_path: replaced(one.oldPath, one.newPath),
        version: eb('version', '+', 1),
        programme_id: programmeId === null ? null : idToBinary(programmeId),
      }))
      .where('id', 'in', idsOf(group))
      .execute();
  }
  if (one.kind === 'merge') await renameAreaOf(tx, one, rows);
  return rows.map((row) => row.id);
}

/** Subjects of a merged area itself belong to the one that it went into. */
async function renameAreaOf(tx: Db, one: Relocation, rows: readonly PlacedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('directory_subject')
    .set({ area_code: one.targetCode })
    .where('id', 'in', idsOf(rows))
    .where('area_code', '=', one.areaCode)
    .execute();
}

const idsOf = (rows: readonly PlacedRow[]) => rows.map((row) => idToBinary(row.id));

/**
 * Whether some service has not followed a change of areas yet. The states are named, so that an
 * index leads past the events of the last days that are done.
 */
export async function isBeingFollowed(tx: Db, eventName: string): Promise<boolean> {
  const row = await tx
    .selectFrom('directory_outbox')
    .select('id')
    .where('event_name', '=', eventName)
    .where('state', 'in', [outboxState.pending, outboxState.published, outboxState.dead])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
