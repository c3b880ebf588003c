import type { HoursKind } from '@ddp/contracts/volunteering/hours';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type {
  Change,
  Figures,
  Member,
  StatisticCell,
  StatisticChange,
  TallyRecord,
} from '../domain/statistics.ts';
import { binaryToSkill, skillToBinary } from './shifts.ts';

type Db = Kysely<VolunteeringDatabase>;

const rowsAtOnce = 500;

export const figureColumns = {
  verifiedMinutes: 'verified_minutes',
  recordedMinutes: 'recorded_minutes',
  services: 'services',
  orders: 'orders',
  people: 'people',
  recordedPeople: 'recorded_people',
  teams: 'teams',
  activities: 'activities',
  shifts: 'shifts',
} as const satisfies Record<keyof Figures, string>;
const figureNames = Object.keys(figureColumns) as (keyof Figures)[];

/** Hours that the statistics are to be told of, those that wait longest first. */
export async function listUntallied(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'volunteering_hours', everywhere)
    .select('id')
    .where('tally_at', '<=', sqlNow(clock))
    .orderBy('tally_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Locks those of some hours that are still to be told, and says what they come to. */
export async function lockUntallied(
  tx: Db,
  ids: readonly string[],
): Promise<(TallyRecord & { hoursId: string })[]> {
  const locked = await selectScoped(tx, 'volunteering_hours', everywhere)
    .select('id')
    .where('id', 'in', ids.map(idToBinary))
    .where('tally_at', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (locked.length === 0) return [];
  const rows = await selectScoped(tx, 'volunteering_hours', everywhere)
    .leftJoin('volunteering_sign_up as served', 'served.id', 'volunteering_hours.id')
    .leftJoin('volunteering_order as ordered', 'ordered.id', 'volunteering_hours.id')
    .leftJoin('volunteering_menu_item as item', 'item.id', 'ordered.item_id')
    .selectAll('volunteering_hours')
    .select(['served.shift_id', 'served.skill_id', 'ordered.id as order_id'])
    .select('item.skill_id as item_skill_id')
    .where(
      'volunteering_hours.id',
      'in',
      locked.map(({ id }) => id),
    )
    .execute();
  return rows.map((row) => ({
    hoursId: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    areaPath: row.area_path,
    on: row.on_day,
    kind: row.kind as HoursKind,
    personId: binaryToId(row.person_id),
    teamId: binaryToId(row.team_id),
    activityId: binaryToIdOrNull(row.activity_id),
    shiftId: binaryToIdOrNull(row.shift_id),
    isOrder: row.order_id !== null,
    skillId: row.skill_id ? binaryToSkill(row.skill_id) : binaryToIdOrNull(row.item_skill_id),
    before: row.tallied_minutes,
    after: row.minutes,
  }));
}

/** The statistics have what locked hours say. */
export async function endTally(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('volunteering_hours')
    .set((eb) => ({ tallied_minutes: eb.ref('minutes'), tally_at: null }))
    .where('id', 'in', ids.map(idToBinary))
    .execute();
}

/** Lets whoever writes the statistics of programmes take turns, in one order for all. */
export async function takeTurns(tx: Db, programmeIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(programmeIds)].sort()) {
    const programme = idToBinary(id);
    await tx
      .insertInto('volunteering_statistic_turn')
      .values({ programme_id: programme })
      .onDuplicateKeyUpdate({ programme_id: programme })
      .execute();
  }
}

const memberColumns = [
  ...(['programme_id', 'area_path', 'period', 'skill_id', 'kind', 'object_id'] as const),
];

const cellValues = ({ programmeId, areaPath, period, skillId }: StatisticCell) => [
  idToBinary(programmeId),
  areaPath,
  period,
  skillToBinary(skillId),
];
const memberValues = (member: Member) => [
  ...cellValues(member),
  member.kind,
  idToBinary(member.objectId),
];

/** Changes by how many hours members are counted; tells by how many they are now. */
export async function changeMembers(
  tx: Db,
  changes: readonly Change<Member>[],
): Promise<(Change<Member> & { uses: number })[]> {
  const changed: (Change<Member> & { uses: number })[] = [];
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    const some = changes.slice(from, from + rowsAtOnce);
    const rows = some.map((one) => [...memberValues(one), one.by]);
    const orElse = 'ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses)';
    await insertRows(tx, 'volunteering_statistic_member', [...memberColumns, 'uses'], rows, orElse);
    const uses = await readUses(tx, some);
    for (const one of some) {
      const now = uses.get(rowKey(memberValues(one)));
      if (now === undefined || now < 0) throw new Error('a statistic has less than nothing');
      changed.push({ ...one, uses: now });
    }
    await deleteUnused(tx, changed.slice(-some.length));
  }
  return changed;
}

const rowKey = (values: readonly (string | Buffer)[]) =>
  values.map((value) => (typeof value === 'string' ? value : value.toString('hex'))).join(' ');

const tupleOf = (values: readonly (string | Buffer)[]) =>
  sql`(${sql.join(values.map((value) => sql.val(value)))})`;

/** One of the rows of these keys. */
function amongMembers(members: readonly Member[]) {
  const columns = sql.join(memberColumns.map((column) => sql.ref(column)));
  const tuples = sql.join(members.map((member) => tupleOf(memberValues(member))));
  return sql<boolean>`(${columns}) IN (${tuples})`;
}

async function readUses(tx: Db, members: readonly Member[]): Promise<Map<string, number>> {
  const rows = await selectScoped(tx, 'volunteering_statistic_member', everywhere)
    .selectAll()
    .where(amongMembers(members))
    .execute();
  return new Map(
    rows.map(({ programme_id, area_path, period, skill_id, kind, object_id, uses }) => [
      rowKey([programme_id, area_path, period, skill_id, kind, object_id]),
      uses,
    ]),
  );
}

async function deleteUnused(tx: Db, members: readonly (Member & { uses: number })[]) {
  const unused = members.filter(({ uses }) => uses === 0);
  if (unused.length === 0) return;
  await tx.deleteFrom('volunteering_statistic_member').where(amongMembers(unused)).execute();
}

/** Adds to figures, and makes the rows that are not there. */
export async function changeFigures(tx: Db, changes: readonly StatisticChange[]): Promise<void> {
  const columns = Object.values(figureColumns);
  const update = columns.map((column) => `${column} = ${column} + VALUES(${column})`).join();
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    const rows = changes
      .slice(from, from + rowsAtOnce)
      .map(({ by, ...cell }) => [...cellValues(cell), ...figureNames.map((name) => by[name])]);
    await insertRows(
      tx,
      'volunteering_statistic',
      ['programme_id', 'area_path', 'period', 'skill_id', ...columns],
      rows,
      `ON DUPLICATE KEY UPDATE ${update}`,
    );
  }
}

export interface StoredFigures extends Omit<StatisticCell, 'programmeId'> {
  skillName: string | null;
  figures: Figures;
}

/** Figures of areas in periods: of all, or by skill. Where nothing was counted there is no row. */
export async function readFigures(
  db: Db,
  programmeId: string,
  of: { areaPaths: readonly string[]; periods: readonly string[]; bySkill?: boolean },
): Promise<StoredFigures[]> {
  if (of.areaPaths.length === 0) return [];
  const everybody = skillToBinary(null);
  const rows = await selectScoped(db, 'volunteering_statistic', everywhere)
    .leftJoin('volunteering_skill as skill', 'skill.id', 'volunteering_statistic.skill_id')
    .selectAll('volunteering_statistic')
    .select('skill.name')
    .where('volunteering_statistic.programme_id', '=', idToBinary(programmeId))
    .where('volunteering_statistic.area_path', 'in', of.areaPaths)
    .where('volunteering_statistic.period', 'in', of.periods)
    .where('volunteering_statistic.skill_id', of.bySkill === true ? '!=' : '=', everybody)
    .execute();
  return rows.map((row) => ({
    areaPath: row.area_path,
    period: row.period,
    skillId: binaryToSkill(row.skill_id),
    skillName: row.name,
    figures: Object.fromEntries(
      figureNames.map((name) => [name, toSafeInteger(row[figureColumns[name]])]),
    ) as Figures,
  }));
}
