import type { Invariant } from '@ddp/db-kit/invariant';
import { lineInvariants } from './line-audit.ts';
import { settlementInvariants } from './settlement-audit.ts';

const released = `('cancelled', 'expired', 'failed')`;
const live = `('requested', 'held', 'reserved', 'issued')`;
const done = (step: string) =>
  `EXISTS (SELECT 1 FROM rewards_effect e WHERE e.redemption_id = r.id AND e.step = '${step}')`;

/** Verified, and not undone since. */
const holds = `((${done('verified')} AND NOT ${done('undone')}) OR ${done('reverified')})`;

/** Each piece that is reserved or sold: by a redemption, or set aside for somebody in a line. */
const takenPieces = `(SELECT benefit_id, merchant_id, budget_id, price_points, unit_value_cents,
    state IN ('reserved', 'issued') AS reserved, state = 'verified' AS sold
  FROM rewards_redemption WHERE state IN ('reserved', 'issued', 'verified')
  UNION ALL SELECT benefit_id, merchant_id, budget_id, price_points, unit_value_cents, 1, 0
  FROM rewards_piece)`;

/** What must hold over benefits, redemptions and vouchers; each query returns what breaks it. */
export const rewardsInvariants: readonly Invariant[] = [
  {
    name: 'I7 stock adds up and is never below zero',
    description: 'The stock of a benefit is not what is available, reserved and sold together.',
    sql: `SELECT HEX(id) AS benefit, initial_stock, available, reserved, sold FROM rewards_benefit
      WHERE initial_stock <> available + reserved + sold
        OR available < 0 OR reserved < 0 OR sold < 0`,
  },
  {
    name: 'I7 stock agrees with the redemptions',
    description: 'Pieces are reserved or sold without a redemption, or the other way round.',
    sql: `SELECT HEX(b.id) AS benefit, b.reserved, b.sold FROM rewards_benefit b LEFT JOIN (
        SELECT benefit_id, SUM(reserved) AS reserved, SUM(sold) AS sold FROM ${takenPieces} one
        GROUP BY benefit_id
      ) r ON r.benefit_id = b.id
      WHERE b.reserved <> COALESCE(r.reserved, 0) OR b.sold <> COALESCE(r.sold, 0)`,
  },
  {
    name: 'I7 a benefit has the stock of its merchants',
    description:
      'The stock of a benefit is not the sum over its merchants, or one is off by itself.',
    sql: `SELECT HEX(b.id) AS benefit, b.available, b.reserved, b.sold FROM rewards_benefit b
      LEFT JOIN (SELECT benefit_id, SUM(initial_stock) AS initial_stock,
          SUM(available) AS available, SUM(reserved) AS reserved, SUM(sold) AS sold
        FROM rewards_share GROUP BY benefit_id) s ON s.benefit_id = b.id
      WHERE s.benefit_id IS NULL OR b.initial_stock <> s.initial_stock
        OR b.available <> s.available OR b.reserved <> s.reserved OR b.sold <> s.sold
      UNION ALL SELECT HEX(benefit_id), available, reserved, sold FROM rewards_share
      WHERE available < 0 OR reserved < 0 OR sold < 0
        OR initial_stock <> available + reserved + sold`,
  },
  {
    name: 'I7 the stock of a merchant agrees with its redemptions',
    description: 'Pieces of a merchant are reserved or sold without a redemption there.',
    sql: `SELECT HEX(s.benefit_id) AS benefit, HEX(s.merchant_id) AS merchant FROM rewards_share s
      LEFT JOIN (
        SELECT benefit_id, merchant_id, SUM(reserved) AS reserved, SUM(sold) AS sold
        FROM ${takenPieces} one WHERE merchant_id IS NOT NULL GROUP BY benefit_id, merchant_id
      ) r ON r.benefit_id = s.benefit_id AND r.merchant_id = s.merchant_id
      WHERE s.reserved <> COALESCE(r.reserved, 0) OR s.sold <> COALESCE(r.sold, 0)
      UNION ALL SELECT HEX(id), HEX(merchant_id) FROM rewards_redemption
      WHERE merchant_id IS NULL AND state IN ('reserved', 'issued', 'verified')`,
  },
  {
    name: 'rewards: a budget is never exceeded, and agrees with the redemptions',
    description: 'What a budget has reserved or spent is over its limit, or not what was redeemed.',
    sql: `SELECT HEX(b.id) AS budget FROM rewards_budget b LEFT JOIN (
        SELECT budget_id, SUM(reserved * price_points) AS points_r,
          SUM(sold * price_points) AS points_s, SUM(reserved * unit_value_cents) AS cents_r,
          SUM(sold * unit_value_cents) AS cents_s
        FROM ${takenPieces} one WHERE budget_id IS NOT NULL GROUP BY budget_id
      ) r ON r.budget_id = b.id
      WHERE b.points_reserved <> COALESCE(r.points_r, 0) OR b.points_spent <> COALESCE(r.points_s, 0)
        OR b.cents_reserved <> COALESCE(r.cents_r, 0) OR b.cents_spent <> COALESCE(r.cents_s, 0)
        OR b.points_reserved + b.points_spent > b.points_limit
        OR b.cents_reserved + b.cents_spent > b.cents_limit`,
  },
  {
    name: 'rewards: what is on offer was approved by somebody else',
    description: 'A benefit is beyond its draft without approved words, or its author approved it.',
    sql: `SELECT HEX(b.id) AS benefit, b.state FROM rewards_benefit b
      LEFT JOIN rewards_benefit_text t ON t.benefit_id = b.id AND t.version = b.text_version
      WHERE b.state NOT IN ('draft', 'submitted')
        AND (t.state IS NULL OR t.state <> 'approved' OR t.title <> b.title)
      UNION ALL SELECT HEX(id), state FROM rewards_benefit
      WHERE approved_by IS NOT NULL AND (approved_by = created_by OR approved_by = changed_by)
      UNION ALL SELECT HEX(benefit_id), state FROM rewards_benefit_text
      WHERE state = 'approved' AND decided_by = proposed_by`,
  },
  {
    name: 'I8 an issued redemption has one voucher, and their states agree',
    description: 'A redemption and its voucher say different things, or one of them is missing.',
    sql: `SELECT HEX(COALESCE(r.id, v.redemption_id)) AS redemption, r.state,
        v.state AS voucher_state
      FROM rewards_redemption r LEFT JOIN rewards_voucher v ON v.redemption_id = r.id
      WHERE (v.id IS NULL AND (r.state IN ('issued', 'verified') OR ${done('issued')}))
        OR (v.id IS NOT NULL AND v.state <> CASE r.state WHEN 'issued' THEN 'issued'
          WHEN 'verified' THEN 'used' WHEN 'cancelled' THEN 'cancelled'
          WHEN 'expired' THEN 'expired' ELSE 'none' END)
      UNION ALL SELECT HEX(v.redemption_id), NULL, v.state FROM rewards_voucher v
      LEFT JOIN rewards_redemption r ON r.id = v.redemption_id WHERE r.id IS NULL`,
  },
  {
    name: 'I9 a used voucher has one verification, by its own merchant',
    description: 'A voucher is used without one verification that holds, or by another shop.',
    sql: `SELECT HEX(v.id) AS voucher, v.state FROM rewards_voucher v
      LEFT JOIN rewards_verification one ON one.voucher_id = v.id AND one.undone_at IS NULL
      WHERE (v.state = 'used') <> (one.id IS NOT NULL) OR one.merchant_id <> v.merchant_id
        OR (v.state = 'used') <> (v.used_at IS NOT NULL)
      UNION ALL SELECT HEX(one.voucher_id), NULL FROM rewards_verification one
      LEFT JOIN rewards_voucher v ON v.id = one.voucher_id WHERE v.id IS NULL
      UNION ALL SELECT HEX(voucher_id), NULL FROM rewards_verification WHERE undone_at IS NULL
      GROUP BY voucher_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'I9 a verification is undone in time, with a reason, once for a voucher',
    description: 'An undone verification is late, without a reason or step, or one of several.',
    sql: `SELECT HEX(one.voucher_id) AS voucher, one.undone_at FROM rewards_verification one
      JOIN rewards_voucher v ON v.id = one.voucher_id
      JOIN rewards_redemption r ON r.id = v.redemption_id
      WHERE (one.undone_at IS NOT NULL AND (one.undo_reason IS NULL OR one.undo_reason = ''
          OR one.undo_until IS NULL OR one.undone_at >= one.undo_until OR one.attempt <> 1))
        OR (one.attempt = 1 AND (one.undone_at IS NOT NULL) <> ${done('undone')})
        OR one.attempt > 2 OR (one.attempt = 2 AND NOT ${done('reverified')})`,
  },
  {
    name: 'rewards: a voucher is given once, by who asked for it, to who holds it',
    description: 'A gift and its voucher tell different stories of whose the voucher is.',
    sql: `SELECT HEX(v.id) AS voucher, g.state FROM rewards_voucher v
      LEFT JOIN rewards_gift g ON g.voucher_id = v.id AND g.state = 'accepted'
      WHERE (v.holder_id IS NOT NULL) <> (g.id IS NOT NULL) OR v.holder_id <> g.receiver_id
      UNION ALL SELECT HEX(g.voucher_id), g.state FROM rewards_gift g
      LEFT JOIN rewards_voucher v ON v.id = g.voucher_id AND v.redemption_id = g.redemption_id
      LEFT JOIN rewards_redemption r ON r.id = g.redemption_id
      WHERE v.id IS NULL OR r.person_id <> g.giver_id OR g.giver_id = g.receiver_id
        OR (g.state = 'offered' AND v.state <> 'issued')
        OR (g.state IN ('offered', 'accepted')) <> (g.standing_voucher_id IS NOT NULL)
        OR g.standing_voucher_id <> g.voucher_id
        OR (g.state = 'offered') <> (g.decided_at IS NULL)`,
  },
  {
    name: 'rewards: what staff did for others has a consent, and paper is of that alone',
    description: 'A paper or a cancellation without a redemption on behalf, or a paper of a gift.',
    sql: `SELECT HEX(v.redemption_id) AS redemption, 'paper' AS what FROM rewards_voucher v
      LEFT JOIN rewards_assistance a ON a.redemption_id = v.redemption_id AND a.act = 'redemption'
      WHERE (v.print_salt IS NOT NULL AND (a.redemption_id IS NULL OR v.holder_id IS NOT NULL))
        OR (v.print_salt IS NULL) <> (v.print_key_id IS NULL)
        OR (v.print_salt IS NOT NULL AND v.prints < 1)
      UNION ALL SELECT HEX(a.redemption_id), a.act FROM rewards_assistance a
      JOIN rewards_redemption r ON r.id = a.redemption_id
      WHERE a.assisted_by = r.person_id OR a.consent NOT IN ('signed', 'spoken', 'guardian')
        OR (a.act = 'cancellation' AND r.state <> 'cancelled')
      UNION ALL SELECT HEX(one.id), 'verification' FROM rewards_verification one
      JOIN rewards_voucher v ON v.id = one.voucher_id
      WHERE one.is_printed = 1 AND v.prints < 1`,
  },
  {
    name: 'rewards: a quota counts the redemptions of its month',
    description: 'A quota is not the number of live and verified redemptions it was taken for.',
    sql: `SELECT HEX(person_id) AS person, HEX(benefit_id) AS benefit, quota_month FROM (
        SELECT programme_id, person_id, benefit_id, quota_month, used FROM rewards_quota
        WHERE CHAR_LENGTH(quota_month) = 7
        UNION ALL
        SELECT programme_id, person_id, benefit_id, quota_month, -1 FROM rewards_redemption
        WHERE state IN ${live} OR state = 'verified'
      ) one GROUP BY programme_id, person_id, benefit_id, quota_month HAVING SUM(used) <> 0`,
  },
  {
    name: 'rewards: a quota counts the redemptions of its day, week or whole time',
    description: 'A quota of another period is not the number of redemptions with a place in it.',
    sql: `SELECT HEX(q.person_id) AS person, HEX(q.benefit_id) AS benefit, q.quota_month AS period
      FROM rewards_quota q LEFT JOIN rewards_redemption r ON r.person_id = q.person_id
        AND r.benefit_id = q.benefit_id AND r.programme_id = q.programme_id
        AND (r.state IN ${live} OR r.state = 'verified')
        AND FIND_IN_SET(q.quota_month, r.quota_periods) > 0
      WHERE CHAR_LENGTH(q.quota_month) <> 7
      GROUP BY q.programme_id, q.person_id, q.benefit_id, q.quota_month, q.used
      HAVING COUNT(r.id) <> q.used`,
  },
  {
    name: 'rewards: effects match the state',
    description: 'A redemption is in a state whose steps did not all happen, or took one too many.',
    sql: `SELECT HEX(r.id) AS redemption, r.state FROM rewards_redemption r WHERE
      NOT ${done('requested')}
      OR (r.state IN ('held', 'reserved', 'issued', 'verified') AND NOT ${done('held')})
      OR (r.state IN ('reserved', 'issued', 'verified') AND NOT ${done('reserved')})
      OR (r.state IN ('issued', 'verified') AND NOT ${done('issued')})
      OR (r.state = 'verified') <> ${holds}
      OR (${done('undone')} AND NOT ${done('verified')})
      OR (${done('reverified')} AND NOT ${done('undone')})
      OR (${done('final')} AND r.state <> 'verified')
      OR (r.state IN ${released}) <> ${done('released')}
      OR (r.state = 'requested' AND ${done('held')})
      OR (${done('posted')} AND r.state <> 'verified')
      OR (${done('voided')} AND r.state NOT IN ${released})`,
  },
  {
    name: 'rewards: whoever has a step to come is told again',
    description: 'A redemption stands still: its next step is due and nothing will tell it again.',
    sql: `SELECT HEX(r.id) AS redemption, r.state FROM rewards_redemption r
      WHERE (r.next_at IS NULL) <> (r.state = 'issued' OR ${done('posted')} OR ${done('voided')})
        OR (r.state IN ${released}) <> (r.ended_at IS NOT NULL)`,
  },
  {
    name: 'rewards: nothing leads to a person who left',
    description: 'A row still names a person whose data was erased.',
    sql: `SELECT HEX(p.person_id) AS person FROM rewards_resident p WHERE p.left_at IS NOT NULL AND (
      EXISTS (SELECT 1 FROM rewards_redemption r WHERE r.person_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_quota q WHERE q.person_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_verification v WHERE v.operator_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_gift g
        WHERE g.giver_id = p.person_id OR g.receiver_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_assistance a WHERE a.assisted_by = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_waiting_place w
        WHERE w.person_id = p.person_id OR w.standing_person_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_draw_entry e
        WHERE e.person_id = p.person_id OR e.standing_person_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_line_consent c WHERE c.assisted_by = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_voucher h WHERE h.holder_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_clerk c WHERE c.person_id = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_dispute d WHERE d.raised_by = p.person_id)
      OR EXISTS (SELECT 1 FROM rewards_merchant m WHERE m.applicant_id = p.person_id))`,
  },
  ...lineInvariants,
  ...settlementInvariants,
];
