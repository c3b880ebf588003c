import { ddl } from '@ddp/db-kit/command-tables';

// Counts the objections so far, and says how those entries ended that were withdrawn. An entry with
// an objection that was upheld before upholding took it down comes down now.
export const { up } = ddl(
  `UPDATE notices_entry entry
  LEFT JOIN (SELECT entry_id, COUNT(*) AS objections, SUM(state = 'open') AS open_objections,
      SUM(state = 'upheld') AS upheld FROM notices_objection GROUP BY entry_id) AS told
    ON told.entry_id = entry.id
  SET entry.objections = COALESCE(told.objections, 0),
    entry.open_objections = COALESCE(told.open_objections, 0),
    entry.outcome = CASE WHEN entry.state = 'withdrawn' THEN 'withdrawn'
      WHEN told.upheld > 0 THEN 'objection-upheld' END,
    entry.closed_at = CASE WHEN entry.state = 'withdrawn' OR told.upheld > 0
      THEN UTC_TIMESTAMP(3) END,
    entry.state = CASE WHEN entry.state = 'published' AND told.upheld > 0 THEN 'closed'
      ELSE entry.state END
  WHERE entry.outcome IS NULL`,
);
