import type { Invariant } from '@ddp/db-kit/invariant';

/** The first instant after a civil day of Asia/Shanghai, in UTC. */
const endOf = (day: string) => `CAST(${day} AS DATETIME) + INTERVAL 16 HOUR`;

/** What must hold over the public board; points become active by how an entry ended. */
export const boardInvariants: readonly Invariant[] = [
  {
    name: 'notices: an entry says how it ended, once',
    description: 'The state of an entry, its outcome, its time and its reason do not agree.',
    sql: `SELECT HEX(id) AS entry FROM notices_entry
      WHERE (state = 'published') <> (outcome IS NULL) OR (outcome IS NULL) <> (closed_at IS NULL)
        OR (state = 'withdrawn') <> (COALESCE(outcome, '') = 'withdrawn')
        OR (state = 'withdrawn') <> (withdrawal_reason IS NOT NULL) OR to_on < from_on`,
  },
  {
    name: 'notices: an entry stood its whole period before it closed',
    description: 'An entry was closed as stood through although it was put up late or ended early.',
    sql: `SELECT HEX(id) AS entry FROM notices_entry
      WHERE outcome IN ('unopposed', 'objections-rejected')
        AND (created_at >= ${endOf('from_on')} OR closed_at < ${endOf('to_on')})`,
  },
  {
    name: 'notices: the outcome of an entry follows from its objections',
    description: 'An entry counts other objections than it has, or ended against them.',
    sql: `SELECT HEX(entry.id) AS entry FROM notices_entry entry
      LEFT JOIN (SELECT entry_id, COUNT(*) AS objections, SUM(state = 'open') AS open_objections,
          SUM(state = 'upheld') AS upheld FROM notices_objection GROUP BY entry_id) AS told
        ON told.entry_id = entry.id
      WHERE entry.objections <> COALESCE(told.objections, 0)
        OR entry.open_objections <> COALESCE(told.open_objections, 0)
        OR (entry.outcome = 'unopposed' AND told.objections > 0)
        OR (entry.outcome = 'objections-rejected'
          AND (told.objections IS NULL OR told.open_objections > 0 OR told.upheld > 0))
        OR (entry.outcome = 'objection-upheld' AND COALESCE(told.upheld, 0) = 0)
        OR (entry.outcome IS NULL AND told.upheld > 0)`,
  },
  {
    name: 'notices: an answer comes from who had no part in it',
    description:
      'An objection was answered by the objector or who wrote it down, by the author of the entry or by another party.',
    sql: `SELECT HEX(o.id) AS objection FROM notices_objection o
      LEFT JOIN notices_entry e ON e.id = o.entry_id
      LEFT JOIN notices_excluded x ON x.entry_id = o.entry_id AND x.person_id = o.answered_by
      WHERE e.id IS NULL OR x.person_id IS NOT NULL OR o.answered_by = e.author_id
        OR o.answered_by = o.person_id OR o.answered_by = o.recorded_by OR (o.state = 'open') <> (o.answered_by IS NULL)`,
  },
];
