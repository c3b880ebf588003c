import { ddl } from '@ddp/db-kit/command-tables';

// What earned before events were recorded; what a cap refused then is not known.
export const { up } = ddl(
  `INSERT INTO points_earning (id, programme_id, participation_id, rule, rule_version,
    settings_version, source_id, occurred_on, quantity, option_key, amount, award_id, refused_by,
    recorded_at, given_back_at)
  SELECT award.id, award.programme_id, award.participation_id, award.rule, award.rule_version,
    0, award.source_id, award.awarded_on, award.amount, award.option_key, award.amount, award.id, NULL,
    COALESCE(award.proposed_at, award.awarded_at),
    CASE WHEN award.state = 'withdrawn' THEN award.awarded_at END
  FROM points_award award
  LEFT JOIN points_earning told ON told.award_id = award.id
  WHERE told.id IS NULL`,
);
