import type { Invariant } from '@ddp/db-kit/invariant';
import { auditQueries } from '@ddp/ledger/audit-queries';
import { awardInvariants } from './audit-awards.ts';
import { capInvariants } from './audit-caps.ts';

const posted = (account: string) => `(${account}.credits_posted - ${account}.debits_posted)`;

/** States of an award whose meters have moved. */
const granted = `('maturing', 'active', 'forfeited', 'reversed', 'undone')`;

/** The text of a UUID that is stored as 16 bytes. */
function uuidOf(column: string): string {
  const part = (from: number, length: number) => `SUBSTR(HEX(${column}), ${from}, ${length})`;
  const parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
  return `LOWER(CONCAT_WS('-', ${parts.join(', ')}))`;
}

/** What must hold over the points; each query returns the rows that break it. */
export const pointsInvariants: Invariant[] = [
  ...auditQueries('points_ledger'),
  {
    name: 'I15 an award stands on a consent and on its transfers',
    description:
      'an award has no consent that was in force, or the ledger did not move both meters',
    sql: `SELECT HEX(award.id) AS id FROM points_award award
      LEFT JOIN points_consent consent ON consent.id = award.consent_id
        AND consent.participation_id = award.participation_id
        AND consent.given_at <= award.awarded_at
        AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at >= award.awarded_at)
      LEFT JOIN points_line line ON line.award_id = award.id AND line.kind = 'award'
        AND line.standing_change = award.amount
        AND line.points_change = CASE WHEN award.matures_at IS NULL THEN award.amount ELSE 0 END
      WHERE award.state IN ${granted} AND (consent.id IS NULL OR line.id IS NULL)`,
  },
  {
    name: 'P1 the statement adds up to the meters',
    description: 'the lines of a participation do not add up to what stands on its accounts',
    sql: `SELECT HEX(part.id) AS id, ${posted('standing')} AS standing, ${posted('points')} AS points,
        COALESCE(told.standing, 0) AS told_standing, COALESCE(told.points, 0) AS told_points
      FROM points_participation part
      JOIN points_ledger_account standing ON standing.id = part.standing_account_id
      JOIN points_ledger_account points ON points.id = part.points_account_id
      LEFT JOIN (SELECT participation_id, SUM(standing_change) AS standing,
          SUM(points_change) AS points FROM points_line GROUP BY participation_id) AS told
        ON told.participation_id = part.id
      WHERE COALESCE(told.standing, 0) <> ${posted('standing')}
        OR COALESCE(told.points, 0) <> ${posted('points')}`,
  },
  {
    name: 'P2 waiting awards are what matures',
    description: 'the awards that wait do not add up to the account they wait on',
    sql: `SELECT HEX(part.id) AS id FROM points_participation part
      JOIN points_ledger_account maturing ON maturing.id = part.maturing_account_id
      LEFT JOIN (SELECT participation_id, SUM(amount) AS amount FROM points_award
          WHERE state = 'maturing' GROUP BY participation_id) AS waiting
        ON waiting.participation_id = part.id
      WHERE ${posted('maturing')} <> COALESCE(waiting.amount, 0)`,
  },
  {
    name: 'P3 a hold of points is open here as in the ledger',
    description: 'a hold is open on one side and ended on the other, or missing on one',
    sql: `SELECT HEX(COALESCE(own.id, hold.transfer_id)) AS id FROM points_hold own
      LEFT JOIN points_ledger_hold hold ON hold.transfer_id = own.id
      WHERE hold.transfer_id IS NULL OR (own.is_open = 1) <> (hold.state = 'open')
      UNION ALL SELECT HEX(hold.transfer_id) FROM points_ledger_hold hold
      JOIN points_ledger_transfer placed ON placed.id = hold.transfer_id
        AND placed.unit = 'points'
      LEFT JOIN points_hold own ON own.id = hold.transfer_id WHERE own.id IS NULL`,
  },
  {
    name: 'P13 what is to be taken back of a hold is part of it, and went where it came back',
    description:
      'a hold has more to be taken back than it is, or gave it back to its person, or spent it twice',
    sql: `SELECT HEX(hold.id) AS id FROM points_hold hold
      LEFT JOIN points_line line ON line.hold_id = hold.id AND line.kind = 'recovery'
      LEFT JOIN points_line back ON back.hold_id = hold.id AND back.kind = 'return'
      LEFT JOIN points_line lapse ON lapse.hold_id = hold.id AND lapse.kind = 'leaving'
      WHERE hold.take_back < 0 OR hold.take_back > hold.amount
        OR (line.id IS NOT NULL AND (back.id IS NULL OR line.points_change <> -hold.take_back))
        OR (back.id IS NOT NULL AND hold.take_back > 0 AND lapse.id IS NULL AND line.id IS NULL)`,
  },
  {
    name: 'P11 lots are what stands on the account',
    description: 'the lots of a participation do not add up to its points, free and held',
    sql: `SELECT HEX(part.id) AS id FROM points_participation part
      JOIN points_ledger_account points ON points.id = part.points_account_id
      LEFT JOIN (SELECT participation_id, SUM(free) AS free, SUM(held) AS held
          FROM points_lot GROUP BY participation_id) AS lots ON lots.participation_id = part.id
      WHERE COALESCE(lots.held, 0) <> points.debits_pending
        OR COALESCE(lots.free, 0) <> ${posted('points')} - points.debits_pending`,
  },
  {
    name: 'P6 lots are what their entries say',
    description:
      'a lot is not the sum of its entries, or entries say something else than their line',
    sql: `SELECT HEX(told.participation_id) AS id, told.expires_on FROM (
        SELECT participation_id, expires_on, SUM(free_change) AS free, SUM(held_change) AS held
        FROM points_lot_entry GROUP BY participation_id, expires_on) AS told
      LEFT JOIN points_lot lot ON lot.participation_id = told.participation_id
        AND lot.expires_on = told.expires_on
      WHERE lot.free IS NULL AND (told.free <> 0 OR told.held <> 0)
      UNION ALL SELECT HEX(lot.participation_id), lot.expires_on FROM points_lot lot
      LEFT JOIN (SELECT participation_id, expires_on, SUM(free_change) AS free,
          SUM(held_change) AS held FROM points_lot_entry GROUP BY participation_id, expires_on
        ) AS told ON told.participation_id = lot.participation_id
          AND told.expires_on = lot.expires_on
      WHERE COALESCE(told.free, 0) <> lot.free OR COALESCE(told.held, 0) <> lot.held
      UNION ALL SELECT HEX(line.id), NULL FROM points_line line
      JOIN (SELECT line_id, SUM(free_change + held_change) AS points
          FROM points_lot_entry GROUP BY line_id) AS told ON told.line_id = line.id
        AND told.points <> line.points_change
      UNION ALL SELECT HEX(line.participation_id), NULL FROM points_line line
      LEFT JOIN (SELECT participation_id, SUM(free_change + held_change) AS points
          FROM points_lot_entry GROUP BY participation_id) AS told
        ON told.participation_id = line.participation_id
      GROUP BY line.participation_id, told.points
      HAVING SUM(line.points_change) <> COALESCE(told.points, 0)`,
  },
  ...capInvariants,
  ...awardInvariants,
  {
    name: 'P5 a version of a rule is as it was approved, by another than drafted it',
    description: 'a version has no approved draft, differs from it, or one person did both',
    sql: `SELECT HEX(rule.programme_id) AS programme, rule.rule, rule.version FROM points_rule rule
      LEFT JOIN points_rule_draft draft ON draft.programme_id = rule.programme_id
        AND draft.rule = rule.rule AND draft.version = rule.version AND draft.state = 'approved'
        AND COALESCE(draft.drafted_by <> draft.decided_by, 1) = 1
        AND JSON_EXTRACT(draft.terms, '$.leastPoints') = rule.least_points
        AND JSON_EXTRACT(draft.terms, '$.mostPoints') = rule.most_points
        AND JSON_UNQUOTE(JSON_EXTRACT(draft.terms, '$.fromOn')) = CAST(rule.from_on AS CHAR)
        AND JSON_UNQUOTE(JSON_EXTRACT(draft.terms, '$.basis')) = rule.basis
      WHERE rule.programme_id <> UNHEX(REPEAT('0', 32)) AND draft.id IS NULL`,
  },
  {
    name: 'P10 what could earn is recorded as it was decided',
    description:
      'an award has no record of what it follows from, or a record does not agree with it',
    sql: `SELECT HEX(COALESCE(award.id, told.id)) AS id FROM points_award award
      LEFT JOIN points_earning told ON told.award_id = award.id
      WHERE told.id IS NULL OR told.programme_id <> award.programme_id
        OR told.participation_id <> award.participation_id OR told.rule <> award.rule
        OR told.rule_version <> award.rule_version OR told.amount <> award.amount
        OR told.occurred_on <> award.awarded_on
        OR ((award.state = 'withdrawn' OR (award.state = 'undone' AND award.written_off = 0))
            <> (told.given_back_at IS NOT NULL)
          AND NOT (award.state = 'reversed' AND EXISTS (SELECT 1
            FROM points_volunteering_award own WHERE own.award_id = award.id)))
      UNION ALL SELECT HEX(told.id) FROM points_earning told
      LEFT JOIN points_award award ON award.id = told.award_id
      WHERE (told.award_id IS NULL) = (told.refused_by IS NULL)
        OR (told.award_id IS NOT NULL AND award.id IS NULL)`,
  },
  {
    name: 'I16 who was erased has left, without words',
    description: 'a participation without a person is in force or keeps words about the person',
    sql: `SELECT HEX(part.id) AS id FROM points_participation part
      WHERE part.person_id IS NULL AND (part.left_at IS NULL OR EXISTS (
        SELECT 1 FROM points_award award
        WHERE award.participation_id = part.id
          AND (award.evidence IS NOT NULL OR award.end_reason IS NOT NULL
            OR award.source_id IS NOT NULL))
        OR EXISTS (SELECT 1 FROM points_reversal reversal
        WHERE reversal.participation_id = part.id AND (reversal.evidence IS NOT NULL
          OR reversal.appeal IS NOT NULL OR reversal.decision IS NOT NULL))
        OR EXISTS (SELECT 1 FROM points_publicity named WHERE named.participation_id = part.id)
        OR EXISTS (SELECT 1 FROM points_earning told
        WHERE told.participation_id = part.id AND told.source_id IS NOT NULL))`,
  },
  {
    name: 'I16 nothing is kept of who was erased',
    description: 'a row still leads to a person who was erased',
    sql: `SELECT HEX(gone.person_id) AS person_id FROM points_resident gone
      WHERE gone.erased_at IS NOT NULL AND (
        EXISTS (SELECT 1 FROM points_participation part WHERE part.person_id = gone.person_id)
        OR EXISTS (SELECT 1 FROM points_award award
          WHERE gone.person_id IN (award.awarded_by, award.approved_by))
        OR EXISTS (SELECT 1 FROM points_reversal reversal WHERE gone.person_id
          IN (reversal.noticed_by, reversal.appeal_recorded_by, reversal.decided_by))
        OR EXISTS (SELECT 1 FROM points_rule_draft draft
          WHERE gone.person_id IN (draft.drafted_by, draft.decided_by))
        OR EXISTS (SELECT 1 FROM points_idempotency kept WHERE kept.scope
          = CONVERT(CONCAT('person:', ${uuidOf('gone.person_id')}) USING ascii)))`,
  },
];
