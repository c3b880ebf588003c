import { ddl } from '@ddp/db-kit/command-tables';

const nobody = `UNHEX(REPEAT('0', 32))`;
const month = `DATE_FORMAT(awarded_on, '%Y-%m')`;

const counted = (participation: string, rule: string, period: string) =>
  `SELECT programme_id, ${participation} AS participation_id, ${rule} AS rule,
    ${period} AS period, COUNT(*) AS awards, SUM(amount) AS points
  FROM points_award GROUP BY 1, 2, 3, 4`;

// What awards so far have taken from each cap; all of it or nothing is there.
export const { up } = ddl(
  `INSERT INTO points_cap_use (programme_id, participation_id, rule, period, awards, points)
  SELECT * FROM (
    ${[
      counted('participation_id', 'rule', `DATE_FORMAT(awarded_on, '%Y-%m-%d')`),
      counted('participation_id', 'rule', month),
      counted('participation_id', `''`, `DATE_FORMAT(awarded_on, '%Y-%m-%d')`),
      counted('participation_id', `''`, month),
      counted(nobody, 'rule', month),
    ].join(' UNION ALL ')}
  ) AS counts
  WHERE NOT EXISTS (SELECT 1 FROM points_cap_use)`,
);
