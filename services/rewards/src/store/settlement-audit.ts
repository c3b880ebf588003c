import type { Invariant } from '@ddp/db-kit/invariant';

const begin = `(CAST(CONCAT(r.month, '-01') AS DATETIME) - INTERVAL 8 HOUR)`;
const end = `(CAST(CONCAT(r.month, '-01') AS DATETIME) + INTERVAL 1 MONTH - INTERVAL 8 HOUR)`;
const sumOf = (payer: string, what: string) =>
  `SUM(CASE WHEN payer = '${payer}' THEN ${what} ELSE 0 END) AS ${payer}_${what}`;
const payers = ['donated', 'subsidised', 'fund'];
const sums = payers.flatMap((payer) => [sumOf(payer, 'points'), sumOf(payer, 'cents')]).join(', ');
const differ = payers
  .flatMap((payer) => [`${payer}_points`, `${payer}_cents`])
  .map((column) => `s.${column} <> COALESCE(l.${column}, 0)`)
  .join(' OR ');

/** What must hold over the settlement of merchants; each query returns what breaks it. */
export const settlementInvariants: readonly Invariant[] = [
  {
    name: 'S1 a statement is the sum of its lines',
    description: 'The sums of a statement are not those of its lines.',
    sql: `SELECT HEX(s.id) AS statement, s.statement_number FROM rewards_statement s LEFT JOIN (
        SELECT statement_id, SUM(kind = 'voucher') AS vouchers,
          SUM(kind = 'correction') AS corrections,
          SUM(CASE WHEN kind = 'correction' THEN cents ELSE 0 END) AS correction_cents, ${sums}
        FROM rewards_statement_line GROUP BY statement_id) l ON l.statement_id = s.id
      WHERE s.state <> 'collecting' AND (s.vouchers <> COALESCE(l.vouchers, 0)
        OR s.corrections <> COALESCE(l.corrections, 0)
        OR s.correction_cents <> COALESCE(l.correction_cents, 0) OR ${differ})`,
  },
  {
    name: 'S2 what is due and what is carried on add up',
    description: 'A statement pays over its ceiling, or loses or makes money between two months.',
    sql: `SELECT HEX(s.id) AS statement, s.statement_number FROM rewards_statement s
      WHERE s.state <> 'collecting' AND (s.due_cents < 0 OR s.due_cents > s.ceiling_cents
        OR s.carried_in_cents + s.subsidised_cents + s.fund_cents
          <> s.due_cents + s.carried_out_cents
        OR s.carried_in_cents <> COALESCE((SELECT p.carried_out_cents FROM rewards_statement p
          WHERE p.merchant_id = s.merchant_id AND p.month < s.month
          ORDER BY p.month DESC LIMIT 1), 0))`,
  },
  {
    name: 'S3 each voucher of a settled month is on a statement, as it was sold',
    description: 'A verified voucher has no line, or one that says something else.',
    sql: `SELECT HEX(v.id) AS verification, NULL AS line FROM rewards_settlement_run r
      JOIN rewards_merchant m ON m.programme_id = r.programme_id
      JOIN rewards_verification v ON v.merchant_id = m.id
        AND v.undone_at IS NULL AND v.verified_at >= ${begin} AND v.verified_at < ${end}
      LEFT JOIN rewards_statement_line l ON l.verification_id = v.id AND l.kind = 'voucher'
      WHERE r.state = 'done' AND l.id IS NULL
      UNION ALL SELECT HEX(v.id), HEX(l.id) FROM rewards_statement_line l
      JOIN rewards_statement r ON r.id = l.statement_id
      LEFT JOIN rewards_verification v ON v.id = l.verification_id
      LEFT JOIN rewards_voucher o ON o.id = v.voucher_id
      LEFT JOIN rewards_redemption d ON d.id = o.redemption_id
      LEFT JOIN rewards_benefit b ON b.id = d.benefit_id
      WHERE l.kind = 'voucher' AND (b.id IS NULL OR l.points <> d.price_points
        OR l.cents <> d.unit_value_cents OR l.payer <> b.payer OR l.redemption_id <> d.id
        OR l.merchant_id <> v.merchant_id OR r.merchant_id <> v.merchant_id
        OR v.undone_at IS NOT NULL OR l.verified_at <> v.verified_at OR v.verified_at < ${begin} OR v.verified_at >= ${end})`,
  },
  {
    name: 'S4 a dispute is decided by others than its first officer, and corrects once',
    description: 'A dispute, its statement and its correction tell different stories.',
    sql: `SELECT HEX(d.id) AS dispute, d.state FROM rewards_dispute d
      JOIN rewards_statement_line x ON x.id = d.line_id
      LEFT JOIN rewards_statement_line l
        ON l.verification_id = x.verification_id AND l.kind = 'correction'
      WHERE d.decided_by = d.answered_by
        OR (d.state = 'upheld') <> (d.correction_cents IS NOT NULL)
        OR (d.state IN ('raised', 'referred')) <> (d.due_at IS NOT NULL)
        OR (l.id IS NOT NULL AND (d.correction_cents IS NULL OR l.id <> d.id
          OR l.cents <> d.correction_cents OR l.points <> 0 OR l.merchant_id <> d.merchant_id))
      UNION ALL SELECT HEX(l.id), NULL FROM rewards_statement_line l
      LEFT JOIN rewards_dispute d ON d.id = l.id WHERE l.kind = 'correction' AND d.id IS NULL
      UNION ALL SELECT HEX(s.id), s.state FROM rewards_statement s
      WHERE (s.state = 'disputed') <> EXISTS (SELECT 1 FROM rewards_dispute d
        WHERE d.statement_id = s.id AND d.state IN ('raised', 'referred'))`,
  },
  {
    name: 'S5 a settlement that is done has drawn all of its statements',
    description: 'A statement lacks the head of the chain or its time, or a run lacks a statement.',
    sql: `SELECT HEX(s.id) AS id, s.state FROM rewards_statement s
      WHERE (s.state NOT IN ('collecting', 'summed')) <> (s.head_seq IS NOT NULL
          AND s.head_hash IS NOT NULL AND s.drawn_at IS NOT NULL AND s.dispute_until IS NOT NULL)
        OR (s.state = 'paid') <> (s.paid_at IS NOT NULL)
      UNION ALL SELECT HEX(r.id), r.state FROM rewards_settlement_run r
      WHERE (r.state = 'done') <> (r.next_at IS NULL)
        OR r.statements <> (SELECT COUNT(*) FROM rewards_statement s WHERE s.run_id = r.id)
        OR (r.state = 'done' AND EXISTS (SELECT 1 FROM rewards_statement s
          WHERE s.run_id = r.id AND s.state IN ('collecting', 'summed')))`,
  },
];
