import type { Invariant } from '@ddp/db-kit/invariant';

const unsettled = `('proposed', 'publishing', 'published', 'objected')`;

/** What must hold over awards that wait for a decision, and over what is taken back. */
export const awardInvariants: Invariant[] = [
  {
    name: 'P7 only a reversal takes standing away, or its person who takes back what earned it',
    description:
      'standing was lost without a reversal or an undoing that says why, or by more than its award',
    sql: `SELECT HEX(line.id) AS id FROM points_line line
      LEFT JOIN points_reversal reversal ON reversal.award_id = line.award_id
        AND reversal.state = 'reversed'
      LEFT JOIN points_award award ON award.id = line.award_id
      WHERE line.standing_change < 0 AND (line.standing_change <> -award.amount
        OR award.id IS NULL OR NOT ((line.kind = 'reversal' AND reversal.id IS NOT NULL)
          OR (line.kind = 'undoing' AND award.state = 'undone')))`,
  },
  {
    name: 'P8 a reversal is decided by somebody else, after its time to appeal',
    description:
      'an award was taken back too early, against its reversal, or by the author of the notice',
    sql: `SELECT HEX(reversal.id) AS id FROM points_reversal reversal
      JOIN points_award award ON award.id = reversal.award_id
      LEFT JOIN points_line line ON line.award_id = reversal.award_id AND line.kind = 'reversal'
      WHERE (reversal.state = 'reversed') <> (award.state = 'reversed')
        OR (reversal.state = 'reversed') <> (line.id IS NOT NULL)
        OR (reversal.state = 'reversed' AND reversal.appealed_at IS NULL
          AND reversal.ended_at < reversal.appeal_until)
        OR (reversal.state = 'reversed' AND reversal.appealed_at IS NOT NULL
          AND reversal.decided_by_role IS NULL)
        OR (reversal.appealed_at IS NOT NULL AND reversal.decided_by IN (reversal.noticed_by,
          reversal.appeal_recorded_by, award.awarded_by, award.approved_by))`,
  },
  {
    name: 'P9 no award is granted without its approval and its days on the board',
    description: 'an award that its rule wants approved or published was granted without',
    sql: `SELECT HEX(award.id) AS id FROM points_award award
      JOIN points_rule rule ON rule.rule = award.rule AND rule.version = award.rule_version
        AND rule.programme_id = (SELECT MAX(own.programme_id) FROM points_rule own
          WHERE own.rule = award.rule AND own.version = award.rule_version
            AND own.programme_id IN (award.programme_id, UNHEX(REPEAT('0', 32))))
      WHERE award.proposed_at IS NOT NULL AND award.state IN ('maturing', 'active', 'forfeited', 'reversed',
          'undone')
        AND ((award.amount >= rule.approval_from_points
            AND (award.approved_by_role IS NULL OR award.approved_by = award.awarded_by))
          OR (award.amount >= rule.publicity_from_points AND (award.entry_reference IS NULL
            OR award.awarded_at < award.published_to + INTERVAL 16 HOUR)))
        AND NOT EXISTS (SELECT 1 FROM points_volunteering_award own
          JOIN points_volunteering_award other ON other.hours_id = own.hours_id
          JOIN points_award more ON more.id = other.award_id AND more.state = 'reversed'
            AND more.amount > award.amount WHERE own.award_id = award.id)`,
  },
  {
    name: 'P9 an award that waits has moved nothing',
    description:
      'an award was told of in a statement before it was granted, or after it was withdrawn',
    sql: `SELECT HEX(award.id) AS id FROM points_award award
      JOIN points_line line ON line.award_id = award.id
      WHERE award.state IN ${unsettled} OR award.state = 'withdrawn'`,
  },
  {
    name: 'P12 a withdrawn rating has earned nothing that stays',
    description:
      'an award stands on a rating that was withdrawn, or was undone without that or without its line',
    sql: `SELECT HEX(award.id) AS id FROM points_award award
      JOIN points_rating_mark told ON told.rating_id = award.source_id
        AND told.programme_id = award.programme_id AND told.mark = 'withdrawn'
      WHERE award.rule = 'rating' AND award.state NOT IN ('undone', 'reversed')
      UNION ALL SELECT HEX(award.id) FROM points_award award
      LEFT JOIN points_line line ON line.award_id = award.id AND line.kind = 'undoing'
      LEFT JOIN points_rating_mark told ON told.rating_id = award.source_id
        AND told.programme_id = award.programme_id AND told.mark = 'withdrawn'
      WHERE award.state = 'undone' AND (line.id IS NULL
        OR (award.source_id IS NOT NULL AND told.rating_id IS NULL))`,
  },
  {
    name: 'P13 verified hours have earned what they should',
    description: 'the awards of hours are not what their minutes come to, and nothing is under way',
    sql: `SELECT HEX(one.hours_id) AS hours, one.target_points FROM points_volunteering one
      LEFT JOIN (SELECT own.hours_id,
          SUM(CASE WHEN award.state IN ('reversed', 'undone') THEN 0 ELSE award.amount END) AS earned,
          SUM(reversal.state = 'lifted') AS kept, SUM(reversal.state IN ('noticed', 'appealed')) AS open
        FROM points_volunteering_award own
        JOIN points_award award ON award.id = own.award_id
        LEFT JOIN points_reversal reversal ON reversal.award_id = award.id
        GROUP BY own.hours_id) told ON told.hours_id = one.hours_id
      WHERE one.participation_id IS NOT NULL AND one.reversing_award_id IS NULL
        AND COALESCE(told.earned, 0) <> one.target_points
        AND COALESCE(told.kept, 0) = 0 AND COALESCE(told.open, 0) = 0
        AND NOT EXISTS (SELECT 1 FROM points_volunteering_award own
          JOIN points_award gone ON gone.id = own.award_id AND gone.state = 'withdrawn'
          WHERE own.hours_id = one.hours_id)
        AND NOT EXISTS (SELECT 1 FROM points_volunteering_award own
          JOIN points_award gone ON gone.id = own.award_id AND gone.state = 'reversed'
          JOIN points_earning earning ON earning.award_id = gone.id
            AND earning.given_back_at IS NULL WHERE own.hours_id = one.hours_id)
        AND NOT EXISTS (SELECT 1 FROM points_earning refused
          WHERE refused.participation_id = one.participation_id AND refused.rule = 'volunteering'
            AND refused.occurred_on = one.awarded_on AND refused.refused_by IS NOT NULL)
      UNION ALL SELECT HEX(one.hours_id), one.minutes FROM points_volunteering one
      LEFT JOIN (SELECT hours_id, SUM(minutes) AS minutes FROM points_volunteering_day
        GROUP BY hours_id) day ON day.hours_id = one.hours_id
      WHERE one.participation_id IS NOT NULL AND COALESCE(day.minutes, -1) <> one.minutes
      UNION ALL SELECT HEX(own.hours_id), 0 FROM points_volunteering_award own
      LEFT JOIN points_award award ON award.id = own.award_id
      WHERE award.id IS NULL OR award.rule <> 'volunteering'`,
  },
];
