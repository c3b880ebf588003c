import { addDays, type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import { monthsOf } from '../domain/statistics.ts';
import {
  figuresByRecords,
  membersByRecords,
  type RecordsPart,
  wrongFigures,
  wrongMembers,
} from './statistic-records.ts';
import { figureColumns } from './statistics.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StatisticPart {
  programmeId: string;
  period: string;
}

/** Months that have hours or statistics, by programme. */
export async function listTalliedMonths(db: Db): Promise<StatisticPart[]> {
  const ofHours = await selectScoped(db, 'volunteering_hours', everywhere)
    .select('programme_id')
    .select(sql<string>`CONVERT(DATE_FORMAT(on_day, '%Y-%m') USING ascii)`.as('period'))
    .distinct()
    .execute();
  const kept = await selectScoped(db, 'volunteering_statistic', everywhere)
    .select(['programme_id', 'period'])
    .distinct()
    .execute();
  const parts = new Map<string, StatisticPart>();
  for (const { programme_id, period } of [...ofHours, ...kept]) {
    const programmeId = binaryToId(programme_id);
    for (const month of monthsOf(period)) {
      parts.set(`${programmeId} ${month}`, { programmeId, period: month });
    }
  }
  return [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** The same part in the words of SQL; every value of it is of a known form. */
function toRecordsPart({ programmeId, period }: StatisticPart): RecordsPart {
  const months = monthsOf(period);
  const first = parseCivilDate(`${months[0]}-01`);
  const last = parseCivilDate(`${months.at(-1)}-01`);
  const next: CivilDate = parseCivilDate(`${addDays(last, 31).slice(0, 7)}-01`);
  const programme = `UNHEX('${idToBinary(programmeId).toString('hex')}')`;
  const kept = (table: string) =>
    `${table}.programme_id = ${programme} AND ${table}.period = '${period}'`;
  return {
    hours: `h.programme_id = ${programme} AND h.on_day >= '${first}' AND h.on_day < '${next}'`,
    span: `span.unit = '${months.length === 1 ? 'month' : 'quarter'}'`,
    members: kept('m'),
    figures: kept('s'),
  };
}

/** Writes the statistics of a part anew where they are wrong, whose turn was taken. Tells how many were. */
export async function rewriteStatistics(tx: Db, of: StatisticPart): Promise<number> {
  const part = toRecordsPart(of);
  const members = await rewrite(tx, of, {
    table: 'volunteering_statistic_member',
    columns: 'programme_id, area_path, period, skill_id, kind, object_id, uses',
    byRecords: membersByRecords(part),
    wrong: wrongMembers(part),
  });
  const figures = await rewrite(tx, of, {
    table: 'volunteering_statistic',
    columns: `programme_id, area_path, period, skill_id, ${Object.values(figureColumns).join()}`,
    byRecords: figuresByRecords(part),
    wrong: wrongFigures(part),
  });
  return members + figures;
}

interface Rewriting {
  table: 'volunteering_statistic' | 'volunteering_statistic_member';
  columns: string;
  byRecords: string;
  wrong: string;
}

async function rewrite(
  tx: Db,
  { programmeId, period }: StatisticPart,
  { table, columns, byRecords, wrong }: Rewriting,
): Promise<number> {
  const ofPart = sql`FROM ${sql.table(table)}
    WHERE programme_id = ${idToBinary(programmeId)} AND period = ${period}`;
  const kept = await sql`SELECT 1 ${ofPart} LIMIT 1`.execute(tx);
  // Where nothing is kept all is missing, and nothing is to be compared.
  const compared = kept.rows.length === 0 ? null : await countRows(tx, wrong);
  if (compared === 0) return 0;
  await sql`DELETE ${ofPart}`.execute(tx);
  const { numAffectedRows } = await run(tx, `INSERT INTO ${table} (${columns}) ${byRecords}`);
  return compared ?? Number(numAffectedRows ?? 0n);
}

/** Has hours told again of which the statistics have something else, and nothing is to tell it. */
export async function dueAgain(db: Db, clock: ClockOffset): Promise<void> {
  await db
    .updateTable('volunteering_hours')
    .set({ tally_at: sqlNow(clock) })
    .where('tally_at', 'is', null)
    .whereRef('tallied_minutes', '<>', 'minutes')
    .execute();
}

const run = (tx: Db, text: string) => tx.executeQuery(CompiledQuery.raw(text));

async function countRows(tx: Db, text: string): Promise<number> {
  const query = CompiledQuery.raw(`SELECT COUNT(*) AS count FROM (${text}) found`);
  const { rows } = await tx.executeQuery<{ count: number | string }>(query);
  return Number(rows[0]?.count ?? 0);
}
