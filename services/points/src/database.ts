import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

interface ParticipationTable {
  /** Names the person's accounts; nothing else in the ledger leads to a person. */
  id: Buffer;
  programme_id: Buffer;
  /** Null once the person was erased. */
  person_id: Buffer | null;
  standing_account_id: Buffer;
  points_account_id: Buffer;
  maturing_account_id: Buffer;
  area_path: string;
  /** Standing that the level goes by until a day, after a loss of standing. */
  level_standing: number;
  level_until: string | null;
  /** How often the person has changed how the board names them. */
  naming_version: number;
  joined_at: Date;
  left_at: Date | null;
}

/** One row for each person who ever joined: what joining and erasure lock. */
interface ResidentTable {
  person_id: Buffer;
  erased_at: Date | null;
}

interface ConsentTable {
  id: Buffer;
  participation_id: Buffer;
  version: string;
  given_at: Date;
  withdrawn_at: Date | null;
}

/** A version of a rule, from a day on. The all-zero programme has the defaults. */
export interface RuleTable {
  programme_id: Buffer;
  rule: string;
  version: number;
  basis: string;
  title_zh: string;
  title_en: string;
  least_points: number;
  most_points: number;
  /** JSON */
  options: string | null;
  per_minutes: number | null;
  daily_minutes: number | null;
  daily_cap: number | null;
  monthly_cap: number | null;
  programme_month_points: number | null;
  is_evidence_wanted: number;
  approval_from_points: number | null;
  publicity_from_points: number | null;
  publicity_days: number;
  matures_after_hours: number;
  from_on: string;
  to_on: string | null;
}

/** What is proposed for a rule, and what became of it. */
export interface RuleDraftTable {
  id: Buffer;
  programme_id: Buffer;
  rule: string;
  /** JSON */
  terms: string;
  reason: string;
  state: string;
  drafted_by: Buffer | null;
  drafted_by_role: string;
  drafted_at: Date;
  decided_by: Buffer | null;
  decided_by_role: string | null;
  decided_at: Date | null;
  withdrawal_reason: string | null;
  version: number | null;
}

interface AwardTable {
  id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer;
  consent_id: Buffer;
  rule: string;
  rule_version: number;
  amount: number;
  /** The rating it follows from; an award by staff is its own source. */
  source_id: Buffer | null;
  evidence: string | null;
  awarded_by: Buffer | null;
  awarded_by_role: string | null;
  state: string;
  matures_at: Date | null;
  /** When they would have matured, had nobody to look at what they are for. */
  own_matures_at: Date | null;
  awarded_on: string;
  /** When the meters moved; before that, when it was proposed. */
  awarded_at: Date;
  option_key: string | null;
  /** Null in awards from before there were proposals. */
  proposed_at: Date | null;
  approved_by: Buffer | null;
  approved_by_role: string | null;
  approved_at: Date | null;
  entry_reference: string | null;
  published_from: string | null;
  published_to: string | null;
  objections_open: number;
  end_reason: string | null;
  /** Points that were not there any more when it was taken back. */
  written_off: number;
}

/** Something that could earn, whether it did or not; nothing of who does not take part. */
export interface EarningTable {
  id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer;
  rule: string;
  rule_version: number;
  settings_version: number;
  /** Null once the person was erased. */
  source_id: Buffer | null;
  occurred_on: string;
  /** The points or minutes that it said of itself. */
  quantity: number | null;
  option_key: string | null;
  /** What the rule gave for it, or would have given. */
  amount: number;
  award_id: Buffer | null;
  refused_by: string | null;
  recorded_at: Date;
  /** When the caps got it back, because its award was withdrawn. */
  given_back_at: Date | null;
}

/** What was told of a rating: that it was withdrawn, or left out by a flag that stands or is lifted. */
interface RatingMarkTable {
  rating_id: Buffer;
  /** The flag; the rating itself where it was withdrawn. */
  mark_id: Buffer;
  programme_id: Buffer;
  mark: string;
}

/** What awards have taken from the caps of a period: a day or a month. */
interface CapUseTable {
  programme_id: Buffer;
  /** All zeros for what is counted over everybody. */
  participation_id: Buffer;
  /** Empty for what is counted over all rules. */
  rule: string;
  period: string;
  awards: number;
  points: number;
}

/** What a benefit could pay out, as rewards told it last. */
interface FundingTable {
  benefit_id: Buffer;
  programme_id: Buffer;
  points: number;
  version: number;
}

interface HoldTable {
  id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer;
  amount: number;
  reference: string;
  expires_at: Date;
  is_open: number;
  placed_at: Date;
  /** Points of awards that were taken back meanwhile: they follow if the hold comes back. */
  take_back: number;
}

/** One line of a statement, written with the transfers that it tells of. */
interface LineTable {
  id: Buffer;
  participation_id: Buffer;
  kind: string;
  standing_change: number;
  points_change: number;
  amount: number;
  award_id: Buffer | null;
  hold_id: Buffer | null;
  made_at: Date;
}

/** Points of a person that expire together. */
interface LotTable {
  participation_id: Buffer;
  expires_on: string;
  free: number;
  held: number;
}

/** What one line changed in one lot; points from before there were lots stand under the participation. */
interface LotEntryTable {
  line_id: Buffer;
  expires_on: string;
  participation_id: Buffer;
  free_change: number;
  held_change: number;
}

/** An award that is to be taken back, with its notice, its appeal and how it ended. */
interface ReversalTable {
  id: Buffer;
  award_id: Buffer;
  participation_id: Buffer;
  reason: string;
  evidence: string | null;
  noticed_by: Buffer | null;
  noticed_by_role: string;
  noticed_at: Date;
  appeal_until: Date;
  state: string;
  appeal: string | null;
  appeal_recorded_by: Buffer | null;
  appealed_at: Date | null;
  decided_by: Buffer | null;
  decided_by_role: string | null;
  decision: string | null;
  ended_at: Date | null;
}

/** Separate consent to be named on the public board, by a name of the person's own choice. */
interface PublicityTable {
  participation_id: Buffer;
  nickname: string;
  given_at: Date;
}

/** What a programme has set, from a day on, until a later version. */
interface SettingsTable {
  programme_id: Buffer;
  version: number;
  from_on: string;
  settings: string;
  set_by: Buffer | null;
  set_at: Date;
}

/** What verified hours should earn, as volunteering told it last. */
interface VolunteeringTable {
  hours_id: Buffer;
  programme_id: Buffer;
  /** Null where the person took no part when they were verified. */
  participation_id: Buffer | null;
  version: number;
  minutes: number;
  target_points: number;
  awarded_on: string;
  /** The award that is to go because the hours were too many. */
  reversing_award_id: Buffer | null;
}

interface VolunteeringDayTable {
  hours_id: Buffer;
  on_day: string;
  participation_id: Buffer;
  minutes: number;
}

interface VolunteeringAwardTable {
  award_id: Buffer;
  hours_id: Buffer;
}

export interface PointsDatabase extends CommandTables<'points'>, QueueTables<'points'> {
  points_participation: ParticipationTable;
  points_resident: ResidentTable;
  points_consent: ConsentTable;
  points_rule: RuleTable;
  points_rule_draft: RuleDraftTable;
  points_award: AwardTable;
  points_cap_use: CapUseTable;
  points_earning: EarningTable;
  points_funding: FundingTable;
  points_hold: HoldTable;
  points_line: LineTable;
  points_lot: LotTable;
  points_lot_entry: LotEntryTable;
  points_settings: SettingsTable;
  points_reversal: ReversalTable;
  points_publicity: PublicityTable;
  points_rating_mark: RatingMarkTable;
  points_volunteering: VolunteeringTable;
  points_volunteering_day: VolunteeringDayTable;
  points_volunteering_award: VolunteeringAwardTable;
}
