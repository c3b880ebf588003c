import { ddl } from '@ddp/db-kit/command-tables';

// The rules of a programme that has none of its own: those of the all-zero programme. Running it
// again leaves rules that somebody has changed as they are.
export const { up } = ddl(
  `INSERT INTO points_rule
    (programme_id, rule, version, amount, daily_cap, matures_after_hours, from_on)
  SELECT * FROM (
    SELECT UNHEX(REPEAT('0', 32)) AS programme_id, 'rating' AS rule, 1 AS version, 1 AS amount,
      3 AS daily_cap, 24 AS matures_after_hours, DATE '2020-01-01' AS from_on
    UNION ALL SELECT UNHEX(REPEAT('0', 32)), 'activity', 1, 5, 2, 0, DATE '2020-01-01'
    UNION ALL SELECT UNHEX(REPEAT('0', 32)), 'meeting', 1, 2, 2, 0, DATE '2020-01-01'
    UNION ALL SELECT UNHEX(REPEAT('0', 32)), 'mediation', 1, 20, 2, 0, DATE '2020-01-01'
  ) AS defaults
  WHERE NOT EXISTS (SELECT 1 FROM points_rule)`,
);
