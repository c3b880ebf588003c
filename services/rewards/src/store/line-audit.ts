import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over waiting lists. */
export const lineInvariants: readonly Invariant[] = [
  {
    name: 'W1 a piece is set aside for an open offer, or for a redemption on its way to it',
    description: 'A piece is set aside for nobody, twice, or not for somebody who was offered it.',
    sql: `SELECT HEX(p.id) AS piece, HEX(p.owner_id) AS place FROM rewards_piece p
      LEFT JOIN rewards_waiting_place w ON w.id = p.owner_id
      LEFT JOIN rewards_redemption r ON r.id = p.redemption_id
      WHERE w.id IS NULL OR p.benefit_id <> w.benefit_id OR p.merchant_id <> w.merchant_id
        OR w.state NOT IN ('offered', 'accepted')
        OR (w.state = 'offered') <> (p.redemption_id IS NULL)
        OR (w.state = 'accepted' AND (p.redemption_id <> w.redemption_id OR r.id IS NULL
          OR r.state NOT IN ('requested', 'held')))
      UNION ALL SELECT NULL, HEX(w.id) FROM rewards_waiting_place w
      LEFT JOIN rewards_piece p ON p.owner_id = w.id
      WHERE w.state = 'offered' GROUP BY w.id HAVING COUNT(p.id) <> 1`,
  },
  {
    name: 'W2 a waiting place and what came of it tell one story',
    description: 'The state of a place contradicts its offer, its end or its redemption.',
    sql: `SELECT HEX(w.id) AS place, w.state FROM rewards_waiting_place w
      LEFT JOIN rewards_redemption r ON r.id = w.redemption_id
      LEFT JOIN rewards_benefit b ON b.id = w.benefit_id
      WHERE (w.state IN ('waiting', 'offered')) <> (w.standing_person_id IS NOT NULL)
        OR w.standing_person_id <> w.person_id
        OR (w.state IN ('waiting', 'offered')) <> (w.decided_at IS NULL)
        OR (w.offered_until IS NULL) <> (w.merchant_id IS NULL)
        OR (w.state = 'waiting' AND w.offered_until IS NOT NULL)
        OR (w.state IN ('offered', 'accepted', 'lapsed') AND w.offered_until IS NULL)
        OR (w.state = 'accepted') <> (w.redemption_id IS NOT NULL)
        OR (w.redemption_id IS NOT NULL AND (r.id IS NULL OR r.person_id <> w.person_id
          OR r.benefit_id <> w.benefit_id OR r.requested_at > w.offered_until))
        OR b.id IS NULL OR b.allocation <> 'waiting-list' OR b.programme_id <> w.programme_id`,
  },
  {
    name: 'W3 nobody is offered a piece before who stands ahead',
    description: 'Somebody still waits ahead of a place that was offered a piece.',
    sql: `SELECT HEX(benefit_id) AS benefit FROM rewards_waiting_place GROUP BY benefit_id
      HAVING MIN(CASE WHEN state = 'waiting' THEN queue_number END)
        < MAX(CASE WHEN offered_until IS NOT NULL THEN queue_number END)`,
  },
];
