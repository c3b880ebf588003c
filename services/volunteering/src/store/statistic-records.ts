import { figureColumns } from './statistics.ts';

const none = "UNHEX(REPEAT('0', 32))";
const columns = Object.values(figureColumns);
const levels = [1, 2, 3, 4, 5, 6].map((n) => `SELECT ${n} AS n`).join(' UNION ALL ');
const spans = "SELECT 'month' AS unit UNION ALL SELECT 'quarter'";

/** A month, or the quarter that it lies in. */
const periodOf = (month: string) => `CONVERT(IF(span.unit = 'month', ${month},
  CONCAT(LEFT(${month}, 4), '-Q', (SUBSTR(${month}, 6, 2) + 2) DIV 3)) USING ascii)`;
/** One of an area and all above it, by its level. */
const nodeOf = (path: string) =>
  `CONVERT(CONCAT(SUBSTRING_INDEX(${path}, '/', level.n + 1), '/') USING ascii)`;
const eachNode = (path: string) => `JOIN (${levels}) level
  ON level.n < LENGTH(${path}) - LENGTH(REPLACE(${path}, '/', ''))`;

/** Which part of the records is meant; all of them unless it is said. */
export interface RecordsPart {
  /** Of `volunteering_hours h`. */
  hours: string;
  /** Of `span`, whose `unit` is `month` or `quarter`. */
  span: string;
  /** Of `volunteering_statistic_member m`. */
  members: string;
  /** Of `volunteering_statistic s`. */
  figures: string;
}
const all: RecordsPart = { hours: '1 = 1', span: '1 = 1', members: '1 = 1', figures: '1 = 1' };

/** What the statistics were told of, record by record. */
const records = ({ hours }: RecordsPart) => `(SELECT h.programme_id, h.area_path, h.kind,
    DATE_FORMAT(h.on_day, '%Y-%m') AS month, h.person_id, h.team_id, h.activity_id, u.shift_id,
    o.id AS order_id, COALESCE(u.skill_id, i.skill_id, ${none}) AS skill_id,
    h.tallied_minutes AS minutes
  FROM volunteering_hours h
  LEFT JOIN volunteering_sign_up u ON u.id = h.id
  LEFT JOIN volunteering_order o ON o.id = h.id
  LEFT JOIN volunteering_menu_item i ON i.id = o.item_id
  WHERE h.tallied_minutes > 0 AND ${hours}) r`;

const isVerified = "r.kind = 'verified'";
const isSkilled = `${isVerified} AND r.skill_id <> ${none}`;
/** Who and what is counted once: at each area above, or where it was. */
const sources = [
  { kind: 'person', object: 'person_id', skill: none, isAbove: true, when: isVerified },
  { kind: 'person', object: 'person_id', skill: 'r.skill_id', isAbove: true, when: isSkilled },
  { kind: 'recorder', object: 'person_id', skill: none, isAbove: true, when: `NOT ${isVerified}` },
  { kind: 'team', object: 'team_id', skill: none, isAbove: true, when: isVerified },
  { kind: 'activity', object: 'activity_id', skill: none, isAbove: false, when: isVerified },
  { kind: 'shift', object: 'shift_id', skill: none, isAbove: false, when: isVerified },
];

/** Members as the records have them. Summed up where they were before, and then for all above. */
export const membersByRecords = (part: RecordsPart = all): string =>
  sources
    .map(({ kind, object, skill, isAbove, when }) => {
      const path = isAbove ? nodeOf('here.area_path') : 'here.area_path';
      return `SELECT here.programme_id, ${path} AS area_path, ${periodOf('here.month')} AS period,
          here.skill AS skill_id, '${kind}' AS kind, here.object_id, SUM(here.uses) AS uses
        FROM (SELECT r.programme_id, r.area_path, r.month, ${skill} AS skill,
            r.${object} AS object_id, COUNT(*) AS uses
          FROM ${records(part)} WHERE ${when} AND r.${object} IS NOT NULL
          GROUP BY 1, 2, 3, 4, 5) here
        JOIN (${spans}) span ON ${part.span} ${isAbove ? eachNode('here.area_path') : ''}
        GROUP BY 1, 2, 3, 4, 5, 6`;
    })
    .join(' UNION ALL ');

const only = (figures: Partial<Record<string, string>>): string =>
  columns.map((column) => `${figures[column] ?? 0} AS ${column}`).join();
const verified = (value: string): string => `SUM(IF(${isVerified}, ${value}, 0))`;
const ofAll = only({
  verified_minutes: verified('r.minutes'),
  recorded_minutes: `SUM(IF(${isVerified}, 0, r.minutes))`,
  services: verified('1'),
  orders: verified('r.order_id IS NOT NULL'),
});
const ofSkill = only({ verified_minutes: 'SUM(r.minutes)', services: 'COUNT(*)' });
const ofPlace = only({ activities: "SUM(m.kind = 'activity')", shifts: "SUM(m.kind = 'shift')" });
const ofNode = only({
  people: "SUM(m.kind = 'person')",
  recorded_people: "SUM(m.kind = 'recorder')",
  teams: "SUM(m.kind = 'team')",
});

/** Figures as records and members have them, in rows that are still to be summed up. */
const figureParts = (part: RecordsPart): string => {
  const ofRecords = (skill: string, figures: string, when: string) =>
    `SELECT here.programme_id, ${nodeOf('here.area_path')} AS area_path,
        ${periodOf('here.month')} AS period, here.skill AS skill_id, ${columns.map((one) => `here.${one}`).join()}
      FROM (SELECT r.programme_id, r.area_path, r.month, ${skill} AS skill, ${figures}
        FROM ${records(part)} WHERE ${when} GROUP BY 1, 2, 3, 4) here
      JOIN (${spans}) span ON ${part.span} ${eachNode('here.area_path')}`;
  return `${ofRecords(none, ofAll, '1 = 1')}
    UNION ALL ${ofRecords('r.skill_id', ofSkill, isSkilled)}
    UNION ALL SELECT m.programme_id, m.area_path, m.period, m.skill_id, ${ofNode}
      FROM volunteering_statistic_member m
      WHERE m.kind NOT IN ('activity', 'shift') AND ${part.members} GROUP BY 1, 2, 3, 4
    UNION ALL SELECT here.programme_id, ${nodeOf('here.area_path')}, here.period, here.skill_id,
        ${columns.map((one) => `here.${one}`).join()}
      FROM (SELECT m.programme_id, m.area_path, m.period, m.skill_id, ${ofPlace}
        FROM volunteering_statistic_member m
        WHERE m.kind IN ('activity', 'shift') AND ${part.members} GROUP BY 1, 2, 3, 4) here
      ${eachNode('here.area_path')}`;
};

export const figuresByRecords = (part: RecordsPart = all): string =>
  `SELECT programme_id, area_path, period, skill_id, ${columns
    .map((column) => `SUM(${column}) AS ${column}`)
    .join()} FROM (${figureParts(part)}) told GROUP BY 1, 2, 3, 4`;

const cell = 'programme_id, area_path, period, skill_id';
const shown = 'HEX(programme_id) AS programme, area_path, period, HEX(skill_id) AS skill';

/** Members that say something else than their records. */
export const wrongMembers = (part: RecordsPart = all): string =>
  `SELECT ${shown}, kind, HEX(object_id) AS object FROM (
      SELECT m.programme_id, m.area_path, m.period, m.skill_id, m.kind, m.object_id, m.uses
      FROM volunteering_statistic_member m WHERE ${part.members}
      UNION ALL SELECT ${cell}, kind, object_id, -uses FROM (${membersByRecords(part)}) counted
    ) both_sides GROUP BY ${cell}, kind, object_id HAVING SUM(uses) <> 0`;

/** Statistics that say something else than their records and members. */
export const wrongFigures = (part: RecordsPart = all): string => {
  const kept = columns.map((column) => `s.${column}`).join();
  const counted = columns.map((column) => `-${column}`).join();
  const differs = columns.map((column) => `SUM(${column}) <> 0`).join(' OR ');
  return `SELECT ${shown} FROM (
      SELECT s.programme_id, s.area_path, s.period, s.skill_id, ${kept}
      FROM volunteering_statistic s WHERE ${part.figures}
      UNION ALL SELECT ${cell}, ${counted} FROM (${figuresByRecords(part)}) counted
    ) both_sides GROUP BY ${cell} HAVING ${differs}`;
};
