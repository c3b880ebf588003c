import type { Invariant } from '@ddp/db-kit/invariant';

/** Who had a part in the verified hours of a star's person before it was reached. */
const counted = (by: string) => `EXISTS (SELECT 1 FROM volunteering_hours h
  LEFT JOIN volunteering_correction k ON k.hours_id = h.id AND k.corrected_at <= s.proposed_at
  WHERE h.person_id = s.person_id AND h.kind = 'verified' AND h.counted_at <= s.proposed_at
    AND ${by} IN (h.counted_by, k.corrected_by))`;

/** What must hold over stars; each query returns what breaks it. */
export const starInvariants: readonly Invariant[] = [
  {
    name: 'V30 a star counts after its days on the board, with no objection waiting',
    description:
      'A star counts that readers could not see for its whole time, or an objection waits.',
    sql: `SELECT HEX(id) AS star, state FROM volunteering_star
      WHERE (active_at IS NOT NULL AND (entry_reference IS NULL OR published_to IS NULL
          OR active_at < published_to + INTERVAL 16 HOUR OR objections_open <> 0))
        OR (state IN ('active', 'ending') AND active_at IS NULL)
        OR (state IN ('proposed', 'published', 'objected', 'refused') AND active_at IS NOT NULL)
        OR (state = 'objected') <> (state IN ('proposed', 'published', 'objected')
          AND objections_open > 0)`,
  },
  {
    name: 'V31 objections and appeals of a star are decided by somebody else',
    description: 'Who decided had a part in the hours, the objection or the appeal of a star.',
    sql: `SELECT HEX(s.id) AS star, s.state FROM volunteering_star s
      WHERE s.person_id IN (s.answered_by, s.decided_by)
        OR s.decided_by IN (s.answered_by, s.appeal_recorded_by)
        OR (s.answered_by IS NOT NULL AND ${counted('s.answered_by')})
        OR (s.decided_by IS NOT NULL AND ${counted('s.decided_by')})
        OR (s.decided_by IS NULL) <> (s.decision IS NULL)
        OR (s.decided_by IS NOT NULL AND s.appealed_at IS NULL)`,
  },
  {
    name: 'V32 the hours of a star are verified and are there',
    description:
      'A star was reached with too few hours, or it stands without them and nobody looks.',
    sql: `SELECT HEX(id) AS star, state FROM volunteering_star
      WHERE reached_minutes < threshold_minutes
      UNION ALL SELECT HEX(s.id), s.state FROM volunteering_star s
      LEFT JOIN (SELECT programme_id, person_id, SUM(minutes) AS minutes FROM volunteering_hours
        WHERE kind = 'verified' GROUP BY programme_id, person_id) h
        ON h.programme_id = s.programme_id AND h.person_id = s.person_id
      LEFT JOIN volunteering_star_due due
        ON due.programme_id = s.programme_id AND due.person_id = s.person_id
      WHERE s.state IN ('proposed', 'published', 'objected', 'active') AND due.person_id IS NULL
        AND COALESCE(h.minutes, 0) < COALESCE(s.kept_minutes, s.threshold_minutes)`,
  },
  {
    name: 'V33 a level is in one star at a time, and what is over has ended',
    description: 'The state of a star contradicts its level, its reason, its appeal or its end.',
    sql: `SELECT HEX(id) AS star, state FROM volunteering_star
      WHERE (live_level IS NOT NULL AND live_level <> level)
        OR (state IN ('proposed', 'published', 'objected', 'active', 'ending')
          AND (live_level IS NULL OR ended_at IS NOT NULL))
        OR (state IN ('withdrawn', 'ended') AND (live_level IS NOT NULL OR reason IS NULL))
        OR (live_level IS NULL) <> (ended_at IS NOT NULL)
        OR (state IN ('refused', 'ending') AND (appeal_until IS NULL OR reason IS NULL))
        OR (appeal IS NULL) <> (appealed_at IS NULL)`,
  },
];
