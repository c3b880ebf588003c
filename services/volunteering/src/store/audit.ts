import type { Invariant } from '@ddp/db-kit/invariant';
import { certificateInvariants } from './audit-certificates.ts';
import { orderInvariants } from './audit-orders.ts';
import { projectInvariants } from './audit-projects.ts';
import { starInvariants } from './audit-stars.ts';
import { statisticInvariants } from './audit-statistics.ts';

/** What must hold over teams, activities and hours; each query returns what breaks it. */
export const volunteeringInvariants: readonly Invariant[] = [
  {
    name: 'V1 a team has a leader, and a person is in it once',
    description: 'A team is led by nobody, or a membership in force is not counted as live.',
    sql: `SELECT HEX(t.id) AS team FROM volunteering_team t
      WHERE t.is_closed = 0 AND NOT EXISTS (SELECT 1 FROM volunteering_member m
        WHERE m.team_id = t.id AND m.role = 'leader' AND m.state = 'active')
      AND NOT EXISTS (SELECT 1 FROM volunteering_member m
        WHERE m.team_id = t.id AND m.role = 'leader' AND m.state = 'left')
      UNION ALL SELECT HEX(team_id) FROM volunteering_member
      WHERE (state IN ('applied', 'active')) <> (live_person_id IS NOT NULL)
        OR live_person_id <> person_id`,
  },
  {
    name: 'V2 nothing leads to a person who left',
    description: 'A row still names a person whose data was erased.',
    sql: `SELECT HEX(p.person_id) AS person FROM volunteering_person p
      WHERE p.left_at IS NOT NULL AND (
        EXISTS (SELECT 1 FROM volunteering_volunteer v WHERE v.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_member m WHERE m.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_sign_up s WHERE s.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_substitution u
          WHERE u.holder_id = p.person_id OR u.asked_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_activity c WHERE p.person_id IN
          (c.changed_by, c.submitted_by, c.decided_by, c.beneficiary_id))
        OR EXISTS (SELECT 1 FROM volunteering_attendance t
          WHERE p.person_id IN (t.person_id, t.present_person_id, t.confirmed_by))
        OR EXISTS (SELECT 1 FROM volunteering_scan n WHERE n.scanned_by = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_hours h
          WHERE p.person_id IN (h.person_id, h.counted_by))
        OR EXISTS (SELECT 1 FROM volunteering_day d WHERE d.person_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_correction k WHERE k.corrected_by = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_review r WHERE r.reviewed_by = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_order o
          WHERE p.person_id IN (o.person_id, o.volunteer_id, o.decided_by))
        OR EXISTS (SELECT 1 FROM volunteering_menu_item i
          WHERE p.person_id IN (i.proposed_by, i.decided_by))
        OR EXISTS (SELECT 1 FROM volunteering_project j
          WHERE p.person_id IN (j.changed_by, j.decided_by))
        OR EXISTS (SELECT 1 FROM volunteering_statistic_member n WHERE n.object_id = p.person_id)
        OR EXISTS (SELECT 1 FROM volunteering_assistance a
          WHERE a.person_id = p.person_id OR a.assisted_by = p.person_id))`,
  },
  {
    name: 'V3 what is open was approved by somebody else',
    description: 'An activity is beyond its approval without one, or its author approved it.',
    sql: `SELECT HEX(a.id) AS activity, a.state FROM volunteering_activity a
      WHERE (a.state IN ('approved', 'published', 'closed') AND a.decided_by IS NULL)
        OR a.decided_by = a.changed_by OR a.decided_by = a.submitted_by
      UNION ALL SELECT HEX(s.id), s.state FROM volunteering_shift s
      JOIN volunteering_activity a ON a.id = s.activity_id
      WHERE s.state = 'open' AND a.decided_by IS NULL`,
  },
  {
    name: 'V4 places are never over, and none is free while somebody waits',
    description:
      'The places of a shift are not those of who signed up, are too many, kept back or of another time.',
    sql: `SELECT HEX(p.shift_id) AS shift, HEX(p.skill_id) AS skill, p.places, p.taken
      FROM volunteering_seat p LEFT JOIN (
        SELECT shift_id, skill_id, SUM(state = 'signed') AS signed, SUM(state = 'waiting') AS waiting
        FROM volunteering_sign_up WHERE live_person_id IS NOT NULL GROUP BY shift_id, skill_id
      ) s ON s.shift_id = p.shift_id AND s.skill_id = p.skill_id
      WHERE p.taken <> COALESCE(s.signed, 0) OR p.taken > p.places OR p.taken < 0
        OR (COALESCE(s.waiting, 0) > 0 AND p.taken < p.places)
      UNION ALL SELECT HEX(p.shift_id), HEX(p.skill_id), p.places, p.taken
      FROM volunteering_seat p JOIN volunteering_shift s ON s.id = p.shift_id
      WHERE s.state = 'open'
        AND NOT (p.programme_id <=> s.programme_id AND p.starts_at <=> s.starts_at)`,
  },
  {
    name: 'V5 a person has one live sign-up in a shift, and none that overlap',
    description: 'A sign-up is live without being one, or two of a person are at the same time.',
    sql: `SELECT HEX(id) AS sign_up, state FROM volunteering_sign_up
      WHERE (state IN ('waiting', 'signed')) <> (live_person_id IS NOT NULL)
        OR live_person_id <> person_id OR (ended_at IS NULL) <> (live_person_id IS NOT NULL)
      UNION ALL SELECT HEX(a.id), a.state FROM volunteering_sign_up a
      JOIN volunteering_sign_up b ON b.live_person_id = a.live_person_id AND b.id > a.id
        AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at`,
  },
  {
    name: 'V6 verified hours are what was scanned and confirmed',
    description: 'Hours are verified without a scanned and confirmed attendance, or beyond it.',
    sql: `SELECT HEX(h.id) AS hours FROM volunteering_hours h
      LEFT JOIN volunteering_attendance a ON a.sign_up_id = h.id
      LEFT JOIN volunteering_order o ON o.id = h.id
      WHERE h.kind = 'verified' AND o.id IS NULL AND (a.sign_up_id IS NULL OR a.state <> 'verified'
        OR a.in_at IS NULL OR a.out_at IS NULL OR a.in_way IN ('said', 'forgotten')
        OR a.out_way = 'forgotten' OR a.confirmed_by = a.person_id
        OR EXISTS (SELECT 1 FROM volunteering_scan n WHERE n.sign_up_id = a.sign_up_id
          AND n.way = 'card' AND n.scanned_by = a.confirmed_by)
        OR h.minutes + h.beyond_cap > h.most_minutes
        OR (h.version = 1 AND h.minutes + h.beyond_cap <> GREATEST(0, FLOOR(TIMESTAMPDIFF(
          MICROSECOND, GREATEST(a.starts_at, a.in_at), LEAST(a.ends_at, a.out_at)) / 60000000))))
      UNION ALL SELECT HEX(a.sign_up_id) FROM volunteering_attendance a
      LEFT JOIN volunteering_hours h ON h.id = a.sign_up_id
      WHERE a.state = 'verified' AND h.id IS NULL
      UNION ALL SELECT HEX(h.id) FROM volunteering_hours h
      JOIN volunteering_attendance a ON a.sign_up_id = h.id
      JOIN volunteering_shift s ON s.id = a.shift_id
      JOIN volunteering_activity c ON c.id = s.activity_id
      WHERE h.kind = 'verified' AND c.beneficiary_id IS NOT NULL AND s.served_at IS NULL`,
  },
  {
    name: 'V7 hours are the sum of their days and of their corrections',
    description: 'Hours and their days or corrections tell different minutes.',
    sql: `SELECT HEX(h.id) AS hours, h.minutes FROM volunteering_hours h
      LEFT JOIN (SELECT hours_id, SUM(minutes) AS minutes FROM volunteering_hours_day
        GROUP BY hours_id) d ON d.hours_id = h.id
      WHERE d.minutes IS NULL OR d.minutes <> h.minutes OR h.minutes < 0
      UNION ALL SELECT HEX(h.id), h.minutes FROM volunteering_hours h
      LEFT JOIN volunteering_correction k ON k.hours_id = h.id AND k.version = h.version
      WHERE h.version > 1 AND (k.version IS NULL OR k.minutes_after <> h.minutes)
      UNION ALL SELECT HEX(k.hours_id), k.minutes_after FROM volunteering_correction k
      JOIN volunteering_correction n ON n.hours_id = k.hours_id AND n.version = k.version + 1
      WHERE n.minutes_before <> k.minutes_after`,
  },
  {
    name: 'V8 a day of a person is the sum of what was verified in it',
    description: 'The minutes of a day are not those of the verified hours that touch it.',
    sql: `SELECT HEX(person_id) AS person, on_day FROM (
        SELECT programme_id, person_id, on_day, minutes FROM volunteering_day
        UNION ALL SELECT h.programme_id, h.person_id, d.on_day, -d.minutes
        FROM volunteering_hours_day d JOIN volunteering_hours h ON h.id = d.hours_id
        WHERE h.kind = 'verified'
      ) one GROUP BY programme_id, person_id, on_day HAVING SUM(minutes) <> 0`,
  },
  {
    name: 'V9 somebody is at one place at a time, and leaves it',
    description: 'A presence is not counted as one, or it has no deadline or no check-in.',
    sql: `SELECT HEX(sign_up_id) AS sign_up, state FROM volunteering_attendance
      WHERE (state = 'present') <> (present_person_id IS NOT NULL)
        OR present_person_id <> person_id OR (state = 'present') <> (due_at IS NOT NULL)
        OR (state IN ('present', 'out', 'forgotten', 'confirmed', 'verified') AND in_at IS NULL)
        OR (state IN ('out', 'forgotten', 'confirmed', 'verified') AND out_at IS NULL)
        OR (state = 'refused') <> (refusal IS NOT NULL)
      UNION ALL SELECT HEX(a.sign_up_id), a.state FROM volunteering_attendance a
      JOIN volunteering_sign_up s ON s.id = a.sign_up_id
      WHERE s.person_id <> a.person_id OR s.shift_id <> a.shift_id OR s.state <> 'signed'`,
  },
  {
    name: 'V10 the ledger is told of hours, each once',
    description: 'Hours differ from what the ledger has, and nothing will tell it.',
    sql: `SELECT HEX(id) AS hours, minutes, posted_minutes FROM volunteering_hours
      WHERE (post_at IS NULL AND posted_minutes <> minutes)
        OR (posting_version IS NULL) <> (posting_minutes IS NULL)
        OR (post_at IS NULL AND posting_version IS NOT NULL)`,
  },
  ...orderInvariants,
  ...starInvariants,
  ...certificateInvariants,
  ...statisticInvariants,
  ...projectInvariants,
];
