import type { Invariant } from '@ddp/db-kit/invariant';

/** What must hold over waiting lists and draws. */
export const lineInvariants: readonly Invariant[] = [
  {
    name: 'W1 a piece is set aside for an open offer, or for a redemption on its way to it',
    description: 'A piece is set aside for nobody, twice, or not for somebody who was offered it.',
    sql: `SELECT HEX(p.id) AS piece, HEX(p.owner_id) AS place FROM rewards_piece p
      LEFT JOIN rewards_waiting_place w ON w.id = p.owner_id
      LEFT JOIN rewards_redemption r ON r.id = p.redemption_id
      LEFT JOIN rewards_draw d ON d.id = p.owner_id
      WHERE d.id IS NULL AND (w.id IS NULL OR p.benefit_id <> w.benefit_id OR p.merchant_id <> w.merchant_id
        OR w.state NOT IN ('offered', 'accepted')
        OR (w.state = 'offered') <> (p.redemption_id IS NULL)
        OR (w.state = 'accepted' AND (p.redemption_id <> w.redemption_id OR r.id IS NULL
          OR r.state NOT IN ('requested', 'held'))))
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
  {
    name: 'L1 the result of a draw follows from its seed, the ledger and its list',
    description: 'An entry stands at another place than seed, head and entry number put it at.',
    sql: `SELECT HEX(draw_id) AS draw, entry_number FROM (
        SELECT e.draw_id, e.entry_number, e.drawn_place, ROW_NUMBER() OVER (PARTITION BY e.draw_id
          ORDER BY UNHEX(SHA2(CONCAT(UNHEX(d.seed), UNHEX(d.head_hash), e.entry_number), 256))
        ) AS place
        FROM rewards_draw_entry e JOIN rewards_draw d ON d.id = e.draw_id
        WHERE d.drawn_at IS NOT NULL AND e.state <> 'withdrawn'
      ) one WHERE drawn_place IS NULL OR drawn_place <> place
      UNION ALL SELECT HEX(e.draw_id), e.entry_number FROM rewards_draw_entry e
      JOIN rewards_draw d ON d.id = e.draw_id
      WHERE e.drawn_place IS NOT NULL AND (d.drawn_at IS NULL OR e.state = 'withdrawn')`,
  },
  {
    name: 'L2 a draw keeps to the hashes that it published',
    description: 'The seed or the frozen list is another than its hash, or came too early.',
    // Servers may cut a joined list after 1,024 bytes; a longer one is looked at when it is drawn.
    sql: `SELECT HEX(d.id) AS draw, d.state FROM rewards_draw d LEFT JOIN (
        SELECT draw_id, COUNT(*) AS entries,
          GROUP_CONCAT(entry_number ORDER BY entry_number SEPARATOR '\n') AS list
        FROM rewards_draw_entry WHERE state <> 'withdrawn' GROUP BY draw_id
      ) e ON e.draw_id = d.id
      WHERE UNHEX(d.seed_hash) <> UNHEX(SHA2(UNHEX(d.seed), 256))
        OR (d.seed IS NULL) <> (d.drawn_at IS NULL) OR (d.head_hash IS NULL) <> (d.seed IS NULL)
        OR (d.frozen_at IS NULL) <> (d.list_hash IS NULL) OR d.entries <> COALESCE(e.entries, 0)
        OR (d.entries <= 50 AND UNHEX(d.list_hash)
          <> UNHEX(SHA2(COALESCE(e.list, ''), 256)))
        OR d.frozen_at < d.entries_until OR d.drawn_at < d.drawn_from
        OR d.drawn_at < d.frozen_at OR d.head_seq <= d.frozen_head_seq
        OR (d.state = 'open' AND d.frozen_at IS NOT NULL)
        OR (d.state IN ('frozen', 'drawn', 'closed') AND d.frozen_at IS NULL)
        OR (d.state IN ('drawn', 'closed')) <> (d.drawn_at IS NOT NULL)
        OR (d.state IN ('closed', 'cancelled')) <> (d.ended_at IS NOT NULL)
        OR (d.standing_benefit_id IS NULL) <> (d.ended_at IS NOT NULL)`,
  },
  {
    name: 'L3 who is drawn redeems once, in the order of the result',
    description: 'Winners are too many, out of order, or without a redemption of their own.',
    sql: `SELECT HEX(d.id) AS draw FROM rewards_draw d
      JOIN rewards_draw_entry e ON e.draw_id = d.id
      LEFT JOIN rewards_redemption r ON r.id = e.redemption_id
      GROUP BY d.id, d.winners
      HAVING SUM(e.state = 'won') > d.winners
        OR MIN(CASE WHEN e.state IN ('entered', 'over') THEN e.drawn_place END)
          < MAX(CASE WHEN e.state = 'won' THEN e.drawn_place END)
        OR SUM(e.state = 'won' AND e.redemption_id IS NULL) > 0
        OR SUM(e.redemption_id IS NOT NULL AND e.state NOT IN ('won', 'passed')) > 0
        OR SUM(e.redemption_id IS NOT NULL AND (r.id IS NULL OR r.benefit_id <> d.benefit_id
          OR r.person_id <> e.person_id)) > 0
        OR SUM(e.state = 'passed' AND r.state NOT IN ('cancelled', 'expired', 'failed')) > 0
        OR SUM((e.state = 'withdrawn') <> (e.standing_person_id IS NULL)) > 0
        OR SUM(e.standing_person_id <> e.person_id) > 0`,
  },
  {
    name: 'L4 the pieces of a draw are set aside for it until it has ended',
    description: 'A draw has more or fewer pieces than its winners, or one for nobody.',
    sql: `SELECT HEX(d.id) AS draw, d.state FROM rewards_draw d LEFT JOIN (
        SELECT owner_id, COUNT(*) AS pieces, SUM(redemption_id IS NOT NULL) AS bound
        FROM rewards_piece GROUP BY owner_id
      ) p ON p.owner_id = d.id
      WHERE (d.state IN ('open', 'frozen') AND (COALESCE(p.pieces, 0) <> d.winners OR p.bound > 0))
        OR (d.state IN ('closed', 'cancelled') AND p.pieces > 0)
      UNION ALL SELECT HEX(d.id), d.state FROM rewards_draw d
      LEFT JOIN (SELECT draw_id, COUNT(*) AS taken FROM rewards_draw_entry e
        JOIN rewards_redemption r ON r.id = e.redemption_id
        WHERE e.state = 'won' AND NOT (r.state IN ('requested', 'held'))
        GROUP BY draw_id) t ON t.draw_id = d.id
      LEFT JOIN (SELECT owner_id, COUNT(*) AS pieces FROM rewards_piece GROUP BY owner_id) p
        ON p.owner_id = d.id
      WHERE d.state = 'drawn' AND COALESCE(t.taken, 0) + COALESCE(p.pieces, 0) <> d.winners
      UNION ALL SELECT HEX(p.owner_id), r.state FROM rewards_piece p
      JOIN rewards_draw d ON d.id = p.owner_id
      LEFT JOIN rewards_draw_entry e ON e.redemption_id = p.redemption_id
      LEFT JOIN rewards_redemption r ON r.id = p.redemption_id
      WHERE p.benefit_id <> d.benefit_id OR (p.redemption_id IS NOT NULL AND (e.id IS NULL
        OR e.draw_id <> d.id OR e.state <> 'won' OR r.state NOT IN ('requested', 'held')))
      UNION ALL SELECT HEX(d.id), r.state FROM rewards_draw_entry e
      JOIN rewards_draw d ON d.id = e.draw_id
      JOIN rewards_redemption r ON r.id = e.redemption_id AND r.state IN ('requested', 'held')
      LEFT JOIN rewards_piece p ON p.redemption_id = r.id
      WHERE p.id IS NULL`,
  },
];
