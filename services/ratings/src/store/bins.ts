import { monthOf, parseCivilDate } from '@ddp/calendar/civil-date';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { Bin, Countable } from '../domain/bin.ts';
import { type LevelCounts, levels, type RaterClass } from '../domain/cell.ts';
import { monthsBetween, type Tally } from '../domain/score.ts';
import { levelColumns } from './counters.ts';
import { idUnlessNone, noId } from './rows.ts';

type Db = Kysely<RatingsDatabase>;

/** A subject and sort of raters whose ratings may have grown into a bin. */
export interface Pool {
  subjectId: Buffer;
  raterClass: RaterClass;
}

export async function listDuePools(db: Db, now: Date, limit: number): Promise<Pool[]> {
  const rows = await db
    .selectFrom('ratings_pool')
    .select(['subject_id', 'rater_class'])
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    subjectId: row.subject_id,
    raterClass: row.rater_class as RaterClass,
  }));
}

/** Locks a pool, so that ratings that come meanwhile ask to be looked at again; its last id. */
export async function lockPool(tx: Db, pool: Pool): Promise<Buffer> {
  const row = await tx
    .selectFrom('ratings_pool')
    .select('last_id')
    .where('subject_id', '=', pool.subjectId)
    .where('rater_class', '=', pool.raterClass)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.last_id;
}

export interface CountableRow extends Countable {
  ratedAt: Date;
}

/** Ratings of a pool that are told nowhere yet, the oldest first. */
export async function listUntold(
  tx: Db,
  pool: Pool,
  after: Buffer,
  limit: number,
): Promise<CountableRow[]> {
  const rows = await selectScoped(tx, 'ratings_rating', everywhere)
    .select(['id', 'rater_key', 'programme_id', 'unit_id', 'area_path', 'level', 'state'])
    .select(['rated_on', 'rated_at'])
    .where('subject_id', '=', pool.subjectId)
    .where('rater_class', '=', pool.raterClass)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    raterKey: row.rater_key.toString('hex'),
    place: placeOf(row.programme_id, row.unit_id ?? noId, row.area_path),
    month: monthOf(parseCivilDate(row.rated_on)),
    level: row.level,
    isCounted: row.state === 'counted',
    ratedAt: row.rated_at,
  }));
}

const placeOf = (programmeId: Buffer, unitId: Buffer, areaPath: string): string =>
  [programmeId.toString('hex'), unitId.toString('hex'), areaPath].join(' ');

export async function insertBins(
  tx: Db,
  pool: Pool,
  bins: readonly Bin[],
  now: Date,
): Promise<void> {
  const columns = [
    ...['id', 'subject_id', 'rater_class', 'programme_id', 'unit_id', 'area_path', 'month'],
    ...['first_id', 'last_id', 'raters', ...levelColumns, 'state', 'closed_at'],
  ];
  const rows = bins.map((bin) => {
    const [programme = '', unit = '', areaPath = ''] = bin.place.split(' ');
    const ids = [Buffer.from(programme, 'hex'), Buffer.from(unit, 'hex')];
    return [
      ...[idToBinary(newId()), pool.subjectId, pool.raterClass, ...ids, areaPath, bin.month],
      ...[idToBinary(bin.firstId), idToBinary(bin.lastId), bin.raters],
      ...[...levels.map((level) => bin.counts[level]), 'told', now],
    ];
  });
  await insertRows(tx, 'ratings_bin', columns, rows);
}

export async function movePool(
  tx: Db,
  pool: Pool,
  to: { lastId: string | null; lookAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('ratings_pool')
    .set({
      look_at: to.lookAt,
      ...(to.lastId === null ? {} : { last_id: idToBinary(to.lastId) }),
    })
    .where('subject_id', '=', pool.subjectId)
    .where('rater_class', '=', pool.raterClass)
    .execute();
}

/** Lets other pools go before one that cannot be told now. */
export async function postponePool(db: Db, pool: Pool, lookAt: Date): Promise<void> {
  await db
    .updateTable('ratings_pool')
    .set({ look_at: lookAt })
    .where('subject_id', '=', pool.subjectId)
    .where('rater_class', '=', pool.raterClass)
    .execute();
}

interface Period {
  fromMonth: string;
  toMonth: string;
}

/** Which bins a score is made of. */
export interface TallyFilter extends Period {
  subjectId?: string;
  unitId?: string;
  scope?: AreaScope;
}

export interface Told {
  tallies: Tally[];
  /** The programme that most of it belongs to, whose terms make the score. */
  programmeId: string | null;
}

/** What was told, by month and sort of raters. */
export async function readTallies(db: Db, filter: TallyFilter): Promise<Told> {
  let query = selectTold(db, filter.scope ?? everywhere, filter)
    .select(['month', 'rater_class', 'programme_id'])
    .select(levelSums);
  const { subjectId, unitId } = filter;
  if (subjectId !== undefined) query = query.where('subject_id', '=', idToBinary(subjectId));
  if (unitId !== undefined) query = query.where('unit_id', '=', idToBinary(unitId));
  const rows = await query.groupBy(['month', 'rater_class', 'programme_id']).execute();
  return toTold(rows);
}

const levelSums = levelColumns.map((column) => sql<number>`SUM(${sql.ref(column)})`.as(column));

const mostMonthsNamed = 24;

/**
 * Bins that are told. The months of a short period are named one by one: after a range of them the
 * index would not lead on to the area.
 */
function selectTold(db: Db, scope: AreaScope, { fromMonth, toMonth }: Period) {
  const query = selectScoped(db, 'ratings_bin', scope).where('state', '=', 'told');
  const months = monthsBetween(fromMonth, toMonth, mostMonthsNamed);
  return months
    ? query.where('month', 'in', months)
    : query.where('month', '>=', fromMonth).where('month', '<=', toMonth);
}

/**
 * What was told of the areas right below one, by the path of each, which ends in a slash like that of
 * the area above.
 */
export async function readPartTallies(
  db: Db,
  abovePath: string,
  period: Period,
): Promise<Map<string, Told>> {
  const slashes = abovePath.split('/').length;
  const part = sql<string>`SUBSTRING_INDEX(area_path, '/', ${slashes})`;
  const rows = await selectTold(db, [abovePath], period)
    .select(part.as('part'))
    .select(['month', 'rater_class', 'programme_id'])
    .select(levelSums)
    .groupBy(['part', 'month', 'rater_class', 'programme_id'])
    .execute();
  const parts = new Map<string, TallyRow[]>();
  for (const row of rows) {
    const path = `${row.part}/`;
    const those = parts.get(path) ?? [];
    those.push(row);
    parts.set(path, those);
  }
  return new Map([...parts].map(([path, those]) => [path, toTold(those)]));
}

interface TallyRow extends Record<(typeof levelColumns)[number], number> {
  month: string;
  rater_class: string;
  programme_id: Buffer;
}

function toTold(rows: readonly TallyRow[]): Told {
  const programmes = new Map<string, number>();
  const tallies = rows.map((row) => {
    const entries = levels.map((level) => [level, toSafeInteger(row[`level_${level}`])] as const);
    const programmeId = row.programme_id.toString('hex');
    const sum = entries.reduce((all, [, count]) => all + count, 0);
    programmes.set(programmeId, (programmes.get(programmeId) ?? 0) + sum);
    return {
      ...{ month: row.month, raterClass: row.rater_class as RaterClass },
      counts: Object.fromEntries(entries) as LevelCounts,
    };
  });
  const [most] = [...programmes].sort(([, a], [, b]) => b - a);
  const programmeId = most === undefined ? null : idUnlessNone(Buffer.from(most[0], 'hex'));
  return { tallies, programmeId };
}

export interface SubjectTallies {
  subjectId: string;
  /** As it was called when it was rated last. */
  name: string;
  told: Told;
}

/** What was told of each subject of a scope, in order of id. */
export async function readSubjectTallies(
  db: Db,
  scope: AreaScope,
  period: Period,
  limit: number,
): Promise<SubjectTallies[]> {
  const within = () => selectTold(db, scope, period);
  const subjects = await within()
    .select(['subject_id', sql<Buffer>`MAX(last_id)`.as('last_id')])
    .groupBy('subject_id')
    .orderBy('subject_id')
    .limit(limit)
    .execute();
  const told: SubjectTallies[] = [];
  for (let from = 0; from < subjects.length; from += subjectsPerRead) {
    const some = subjects.slice(from, from + subjectsPerRead);
    const rows = await within()
      .select(['subject_id', 'month', 'rater_class', 'programme_id'])
      .select(levelSums)
      .where(
        'subject_id',
        'in',
        some.map((row) => row.subject_id),
      )
      .groupBy(['subject_id', 'month', 'rater_class', 'programme_id'])
      .execute();
    const names = await selectScoped(db, 'ratings_rating', everywhere)
      .select(['subject_id', 'subject_name'])
      .where(
        'id',
        'in',
        some.map((row) => row.last_id),
      )
      .execute();
    for (const { subject_id: id } of some) {
      told.push({
        subjectId: binaryToId(id),
        name: names.find((row) => row.subject_id.equals(id))?.subject_name ?? '',
        told: toTold(rows.filter((row) => row.subject_id.equals(id))),
      });
    }
  }
  return told;
}

const subjectsPerRead = 200;

/**
 * The bin that tells of a rating; null where none does. The pool is locked first, so that none comes
 * to tell of it meanwhile.
 */
export async function lockBinOf(
  tx: Db,
  rating: { view: { id: string; subjectId: string }; raterClass: RaterClass },
): Promise<Buffer | null> {
  const { view, raterClass } = rating;
  const pool = { subjectId: idToBinary(view.subjectId), raterClass };
  await lockPool(tx, pool);
  const id = idToBinary(view.id);
  const row = await selectScoped(tx, 'ratings_bin', everywhere)
    .select(['id', 'last_id'])
    .where('subject_id', '=', pool.subjectId)
    .where('rater_class', '=', raterClass)
    .where('first_id', '<=', id)
    .orderBy('first_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && Buffer.compare(row.last_id, id) >= 0 ? row.id : null;
}

export async function setBinState(tx: Db, id: Buffer, state: 'told' | 'held'): Promise<void> {
  await tx.updateTable('ratings_bin').set({ state }).where('id', '=', id).execute();
}
