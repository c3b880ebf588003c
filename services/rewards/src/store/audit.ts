import type { Invariant } from '@ddp/db-kit/invariant';

const released = `('cancelled', 'expired', 'failed')`;
const live = `('requested', 'held', 'reserved', 'issued')`;
const done = (step: string) =>
  `EXISTS (SELECT 1 FROM rewards_effect e WHERE e.redemption_id = r.id AND e.step = '${step}')`;

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
        SELECT benefit_id, SUM(state IN ('reserved', 'issued')) AS reserved,
          SUM(state = 'verified') AS sold
        FROM rewards_redemption GROUP BY benefit_id
      ) r ON r.benefit_id = b.id
      WHERE b.reserved <> COALESCE(r.reserved, 0) OR b.sold <> COALESCE(r.sold, 0)`,
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
    description: 'A voucher is used without a verification, or verified by another shop.',
    sql: `SELECT HEX(v.id) AS voucher, v.state FROM rewards_voucher v
      LEFT JOIN rewards_verification one ON one.voucher_id = v.id
      WHERE (v.state = 'used') <> (one.id IS NOT NULL) OR one.merchant_id <> v.merchant_id
        OR (v.state = 'used') <> (v.used_at IS NOT NULL)
      UNION ALL SELECT HEX(one.voucher_id), NULL FROM rewards_verification one
      LEFT JOIN rewards_voucher v ON v.id = one.voucher_id WHERE v.id IS NULL`,
  },
  {
    name: 'rewards: a quota counts the redemptions of its month',
    description: 'A quota is not the number of live and verified redemptions it was taken for.',
    sql: `SELECT HEX(person_id) AS person, HEX(benefit_id) AS benefit, quota_month FROM (
        SELECT programme_id, person_id, benefit_id, quota_month, used FROM rewards_quota
        UNION ALL
        SELECT programme_id, person_id, benefit_id, quota_month, -1 FROM rewards_redemption
        WHERE state IN ${live} OR state = 'verified'
      ) one GROUP BY programme_id, person_id, benefit_id, quota_month HAVING SUM(used) <> 0`,
  },
  {
    name: 'rewards: effects match the state',
    description: 'A redemption is in a state whose steps did not all happen, or took one too many.',
    sql: `SELECT HEX(r.id) AS redemption, r.state FROM rewards_redemption r WHERE
      NOT ${done('requested')}
      OR (r.state IN ('held', 'reserved', 'issued', 'verified') AND NOT ${done('held')})
      OR (r.state IN ('reserved', 'issued', 'verified') AND NOT ${done('reserved')})
      OR (r.state IN ('issued', 'verified') AND NOT ${done('issued')})
      OR (r.state = 'verified') <> ${done('verified')}
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
      OR EXISTS (SELECT 1 FROM rewards_verification v WHERE v.operator_id = p.person_id))`,
  },
];
