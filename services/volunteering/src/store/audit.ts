import type { Invariant } from '@ddp/db-kit/invariant';

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
        OR EXISTS (SELECT 1 FROM volunteering_order o
          WHERE p.person_id IN (o.person_id, o.volunteer_id, o.decided_by))
        OR EXISTS (SELECT 1 FROM volunteering_menu_item i
          WHERE p.person_id IN (i.proposed_by, i.decided_by))
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
    description: 'The places of a shift are not those of who signed up, are too many or kept back.',
    sql: `SELECT HEX(p.shift_id) AS shift, HEX(p.skill_id) AS skill, p.places, p.taken
      FROM volunteering_seat p LEFT JOIN (
        SELECT shift_id, skill_id, SUM(state = 'signed') AS signed, SUM(state = 'waiting') AS waiting
        FROM volunteering_sign_up WHERE live_person_id IS NOT NULL GROUP BY shift_id, skill_id
      ) s ON s.shift_id = p.shift_id AND s.skill_id = p.skill_id
      WHERE p.taken <> COALESCE(s.signed, 0) OR p.taken > p.places OR p.taken < 0
        OR (COALESCE(s.waiting, 0) > 0 AND p.taken < p.places)`,
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
    name: 'V20 what is offered was agreed to by somebody else',
    description: 'A service is on the menu without an officer, or who proposed it agreed to it.',
    sql: `SELECT HEX(id) AS item, state FROM volunteering_menu_item
      WHERE (state IN ('offered', 'paused') AND decided_by IS NULL) OR decided_by = proposed_by`,
  },
  {
    name: 'V21 an order says who comes, when it ends and until when it stands',
    description: 'The state of an order contradicts its volunteer, its times or its deadline.',
    sql: `SELECT HEX(id) AS service_order, state FROM volunteering_order
      WHERE (state IN ('taken', 'arrived')) <> (live_volunteer_id IS NOT NULL)
        OR live_volunteer_id <> volunteer_id
        OR (state IN ('placed', 'taken', 'arrived', 'finished')) <> (due_at IS NOT NULL)
        OR (state IN ('placed', 'taken', 'arrived', 'finished', 'disputed'))
          <> (ended_at IS NULL)
        OR (ended_at IS NOT NULL AND place <> '***')
        OR (state = 'placed' AND volunteer_id IS NOT NULL)`,
  },
  {
    name: 'V22 what counts of a service was seen by both sides',
    description: 'A service is confirmed without an arrival, by who came, or beyond its measure.',
    sql: `SELECT HEX(o.id) AS service_order, o.state FROM volunteering_order o
      JOIN volunteering_menu_item m ON m.id = o.item_id
      WHERE (o.state IN ('finished', 'disputed', 'confirmed', 'refused')
          AND (o.arrived_at IS NULL OR o.finished_at IS NULL OR o.minutes IS NULL))
        OR o.minutes > 2 * m.minutes OR o.minutes < 0
        OR o.person_id = o.volunteer_id OR o.decided_by IN (o.person_id, o.volunteer_id)
        OR (o.decided_by IS NULL) <> (o.decision IS NULL)`,
  },
  {
    name: 'V23 nobody is to be at two places at once',
    description: 'A volunteer has two services, or a service and a shift, at the same time.',
    sql: `SELECT HEX(a.id) AS service_order, HEX(a.live_volunteer_id) AS person
      FROM volunteering_order a
      JOIN volunteering_order b ON b.live_volunteer_id = a.live_volunteer_id AND b.id > a.id
        AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
      UNION ALL SELECT HEX(a.id), HEX(a.live_volunteer_id) FROM volunteering_order a
      JOIN volunteering_sign_up s ON s.live_person_id = a.live_volunteer_id
        AND s.starts_at < a.ends_at AND s.ends_at > a.starts_at`,
  },
];
