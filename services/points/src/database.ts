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

interface AwardTable {
  id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer;
  consent_id: Buffer;
  rule: string;
  rule_version: number;
  amount: number;
  /** The rating it follows from; an award by staff is its own source. */
  source_id: Buffer;
  evidence: string | null;
  awarded_by: Buffer | null;
  awarded_by_role: string | null;
  state: string;
  matures_at: Date | null;
  awarded_on: string;
  awarded_at: Date;
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

interface HoldTable {
  id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer;
  amount: number;
  reference: string;
  expires_at: Date;
  is_open: number;
  placed_at: Date;
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

export interface PointsDatabase extends CommandTables<'points'>, QueueTables<'points'> {
  points_participation: ParticipationTable;
  points_resident: ResidentTable;
  points_consent: ConsentTable;
  points_rule: RuleTable;
  points_award: AwardTable;
  points_cap_use: CapUseTable;
  points_hold: HoldTable;
  points_line: LineTable;
}
