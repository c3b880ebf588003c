import type { HoursKind } from '@ddp/contracts/volunteering/hours';

/** Hours as the statistics count them: whole, on their first day, in the area they had. */
export interface TallyRecord {
  programmeId: string;
  areaPath: string;
  on: string;
  kind: HoursKind;
  personId: string;
  teamId: string;
  activityId: string | null;
  shiftId: string | null;
  isOrder: boolean;
  skillId: string | null;
  /** Minutes that the statistics have of them, and that are right. */
  before: number;
  after: number;
}

export const memberKinds = ['person', 'recorder', 'team', 'activity', 'shift'] as const;
export type MemberKind = (typeof memberKinds)[number];

export interface StatisticCell {
  programmeId: string;
  areaPath: string;
  /** `2026-11` or `2026-Q4`. */
  period: string;
  skillId: string | null;
}

/** Somebody or something that is counted once, by how many hours it is. */
export interface Member extends StatisticCell {
  kind: MemberKind;
  objectId: string;
}
export type Change<T> = T & { by: number };

export const figureNames = [
  'verifiedMinutes',
  'recordedMinutes',
  'services',
  'orders',
  'people',
  'recordedPeople',
  'teams',
  'activities',
  'shifts',
] as const;
export type Figures = Record<(typeof figureNames)[number], number>;
export const noFigures: Figures = {
  ...{ verifiedMinutes: 0, recordedMinutes: 0, services: 0, orders: 0, people: 0 },
  ...{ recordedPeople: 0, teams: 0, activities: 0, shifts: 0 },
};

/** The month and the quarter of a day. */
export function periodsOf(on: string): [month: string, quarter: string] {
  return [on.slice(0, 7), `${on.slice(0, 4)}-Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`];
}

/** The months of a quarter; of a month, itself. */
export function monthsOf(period: string): string[] {
  const [year = '', quarter] = period.split('-Q');
  if (quarter === undefined) return [period];
  const last = Number(quarter) * 3;
  return [last - 2, last - 1, last].map((month) => `${year}-${String(month).padStart(2, '0')}`);
}

/** An area and all above it, the highest first. */
export function nodesOf(areaPath: string): string[] {
  const codes = areaPath.split('/').filter((code) => code !== '');
  return codes.map((_code, index) => `/${codes.slice(0, index + 1).join('/')}/`);
}

/** Which members hours come to be counted in, or are no more. */
export function decideMembers(records: readonly TallyRecord[]): Change<Member>[] {
  const sums = new Map<string, Change<Member>>();
  for (const record of records) {
    const by = Number(record.after > 0) - Number(record.before > 0);
    if (by === 0) continue;
    for (const member of membersOf(record)) addTo(sums, memberKey(member), member, by);
  }
  return inOrder(sums).filter(({ by }) => by !== 0);
}

function membersOf(record: TallyRecord): Member[] {
  const { programmeId, areaPath, kind, personId, teamId, activityId, shiftId, skillId } = record;
  const at = (node: string, period: string): StatisticCell => ({
    ...{ programmeId, areaPath: node, period, skillId: null },
  });
  return periodsOf(record.on).flatMap((period) => {
    const above = nodesOf(areaPath).flatMap((node): Member[] => {
      const cell = at(node, period);
      if (kind === 'recorded') return [{ ...cell, kind: 'recorder', objectId: personId }];
      const person = { ...cell, kind: 'person', objectId: personId } as const;
      const skilled = skillId === null ? [] : [{ ...person, skillId }];
      return [person, ...skilled, { ...cell, kind: 'team', objectId: teamId }];
    });
    if (kind === 'recorded') return above;
    const here = [
      { kind: 'activity', objectId: activityId },
      { kind: 'shift', objectId: shiftId },
    ] as const;
    const own = here.flatMap(({ kind: what, objectId }): Member[] =>
      objectId === null ? [] : [{ ...at(areaPath, period), kind: what, objectId }],
    );
    return [...above, ...own];
  });
}

const figureOf = {
  person: 'people',
  recorder: 'recordedPeople',
  team: 'teams',
  activity: 'activities',
  shift: 'shifts',
} as const satisfies Record<MemberKind, keyof Figures>;

export interface StatisticChange extends StatisticCell {
  by: Figures;
}

/**
 * What changes in the statistics: minutes and services of the records, and one for each member that
 * has come to be there, or has gone, as the hours that are behind it now say.
 */
export function decideFigures(
  records: readonly TallyRecord[],
  members: readonly (Change<Member> & { uses: number })[],
): StatisticChange[] {
  const sums = new Map<string, StatisticChange>();
  const add = (cell: StatisticCell, name: keyof Figures, by: number) => {
    if (by === 0) return;
    const { programmeId, areaPath, period, skillId } = cell;
    const key = cellKey(cell);
    const sum = sums.get(key)?.by ?? noFigures;
    const changed = { ...sum, [name]: sum[name] + by };
    sums.set(key, { programmeId, areaPath, period, skillId, by: changed });
  };
  for (const record of records) addRecord(add, record);
  for (const { by, uses, kind, ...cell } of members) {
    const change = Number(uses > 0) - Number(uses - by > 0);
    const isHere = kind === 'activity' || kind === 'shift';
    const nodes = isHere ? nodesOf(cell.areaPath) : [cell.areaPath];
    for (const areaPath of nodes) add({ ...cell, areaPath }, figureOf[kind], change);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

function addRecord(
  add: (cell: StatisticCell, name: keyof Figures, by: number) => void,
  { before, after, kind, isOrder, skillId, ...record }: TallyRecord,
): void {
  const count = Number(after > 0) - Number(before > 0);
  const { programmeId } = record;
  for (const period of periodsOf(record.on)) {
    for (const areaPath of nodesOf(record.areaPath)) {
      const cell = { programmeId, areaPath, period, skillId: null };
      if (kind === 'recorded') {
        add(cell, 'recordedMinutes', after - before);
        continue;
      }
      for (const one of skillId === null ? [cell] : [cell, { ...cell, skillId }]) {
        add(one, 'verifiedMinutes', after - before);
        add(one, 'services', count);
      }
      if (isOrder) add(cell, 'orders', count);
    }
  }
}

/** Equal cells have equal keys, and their order is one for all who write. */
function cellKey({ programmeId, areaPath, period, skillId }: StatisticCell): string {
  return [programmeId, areaPath, period, skillId ?? ''].join(' ');
}

export function memberKey({ kind, objectId, ...cell }: Member): string {
  return `${cellKey(cell)} ${kind} ${objectId}`;
}

function addTo(sums: Map<string, Change<Member>>, key: string, member: Member, by: number): void {
  sums.set(key, { ...member, by: (sums.get(key)?.by ?? 0) + by });
}

function inOrder(sums: ReadonlyMap<string, Change<Member>>): Change<Member>[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

/** Below so many people a figure tells of somebody. */
export const leastPeople = 5;

export const isFew = (people: number): boolean => people > 0 && people < leastPeople;

/**
 * Which of the parts of a whole that is told may not be: those of few people, and where one alone
 * would follow from the rest, the next smallest with it. `hasRest` says that something of few lies
 * in none of the parts.
 */
export function decideVeils(people: readonly number[], hasRest: boolean): boolean[] {
  const few = people.map(isFew);
  const hidden = few.filter(Boolean).length + Number(hasRest);
  if (hidden !== 1) return few;
  const open = people.flatMap((count, index) => (count > 0 && !few[index] ? [index] : []));
  const [next] = open.sort((a, b) => (people[a] ?? 0) - (people[b] ?? 0));
  return few.map((isHidden, index) => isHidden || index === next);
}
