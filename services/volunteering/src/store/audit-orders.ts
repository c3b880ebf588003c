import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over the menu and what is ordered from it; each query returns what breaks it. */
export const orderInvariants: readonly Invariant[] = [
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
        OR (o.decided_by IS NULL) <> (o.decision IS NULL)
      UNION ALL SELECT HEX(o.id), o.state FROM volunteering_order o
      LEFT JOIN volunteering_hours h ON h.id = o.id
      WHERE (o.state = 'confirmed') <> (h.id IS NOT NULL)
        OR h.minutes + h.beyond_cap > o.minutes OR h.person_id <> o.volunteer_id`,
  },
  {
    name: 'V44 what is to be asked about was served',
    description:
      'A review is of an activity and of an order, of neither, or of what never counted.',
    sql: `SELECT HEX(r.id) AS review, r.kind FROM volunteering_review r
      LEFT JOIN volunteering_hours h ON h.id = r.object_id
      LEFT JOIN volunteering_order o ON o.id = r.order_id
      WHERE (r.activity_id IS NULL) = (r.order_id IS NULL)
        OR (r.kind <> 'crowd' AND h.id IS NULL)
        OR (r.order_id IS NOT NULL AND (o.state IS NULL OR o.state <> 'confirmed'
          OR r.object_id <> r.order_id))`,
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
