import type { Invariant } from '@ddp/db-kit/invariant';

const everybody = `UNHEX(REPEAT('0', 32))`;
const day = `CONVERT(DATE_FORMAT(awarded_on, '%Y-%m-%d') USING ascii)`;
const month = `CONVERT(DATE_FORMAT(awarded_on, '%Y-%m') USING ascii)`;
const anyRule = `CONVERT('' USING ascii)`;

/** Awards whose place no cap got back. */
const counted = (award: string) => `NOT EXISTS (SELECT 1 FROM points_earning told
  WHERE told.award_id = ${award}.id AND told.given_back_at IS NOT NULL)`;

/** What awards took from one sort of counter. */
const took = (participation: string, rule: string, period: string) =>
  `SELECT programme_id, ${participation} AS participation_id, ${rule} AS rule,
    ${period} AS period, COUNT(*) AS awards, SUM(amount) AS points
  FROM points_award taking WHERE ${counted('taking')} GROUP BY 1, 2, 3, 4`;

const told = [
  took('participation_id', 'rule', day),
  took('participation_id', 'rule', month),
  took('participation_id', anyRule, day),
  took('participation_id', anyRule, month),
  took(everybody, 'rule', month),
].join(' UNION ALL ');

const same = `cap.programme_id = told.programme_id AND cap.participation_id = told.participation_id
  AND cap.rule = told.rule AND cap.period = told.period`;

/**
 * Groups of awards that are more than the widest cap among the versions they name. A version
 * without a cap allows all, a version that does not exist allows none.
 */
const beyond = (participation: string, period: string, measure: string, cap: string) =>
  `SELECT HEX(participation_id) AS id, rule, period FROM (
    SELECT programme_id, ${participation} AS participation_id, rule, ${period} AS period, amount,
      (SELECT MAX(COALESCE(terms.${cap}, 9007199254740991)) FROM points_rule terms
        WHERE terms.rule = award.rule AND terms.version = award.rule_version
          AND terms.programme_id IN (award.programme_id, ${everybody})) AS most
    FROM points_award award WHERE ${counted('award')}) AS told
  GROUP BY programme_id, participation_id, rule, period
  HAVING ${measure} > COALESCE(MAX(most), 0)`;

/** P4: the caps count what awards took, and no group of awards is beyond its cap. */
export const capInvariants: Invariant[] = [
  {
    name: 'P4 caps count what awards took',
    description: 'a counter of a cap differs from the awards of its period',
    sql: `SELECT HEX(told.participation_id) AS id, told.rule, told.period FROM (${told}) AS told
      LEFT JOIN points_cap_use cap ON ${same}
      WHERE cap.awards IS NULL OR cap.awards <> told.awards OR cap.points <> told.points
      UNION ALL SELECT HEX(cap.participation_id), cap.rule, cap.period FROM points_cap_use cap
      LEFT JOIN (${told}) AS told ON ${same}
      WHERE told.awards IS NULL AND (cap.awards <> 0 OR cap.points <> 0)`,
  },
  {
    name: 'P4 no cap of a day is exceeded',
    description: 'a person got more awards by a rule on one day than it allows',
    sql: beyond('participation_id', 'awarded_on', 'COUNT(*)', 'daily_cap'),
  },
  {
    name: 'P4 no cap of a month is exceeded',
    description: 'a person got more awards by a rule in one month than it allows',
    sql: beyond('participation_id', month, 'COUNT(*)', 'monthly_cap'),
  },
  {
    name: 'P4 no cap of a programme is exceeded',
    description: 'a programme gave more points by a rule in one month than it allows',
    sql: beyond(everybody, month, 'SUM(amount)', 'programme_month_points'),
  },
];
