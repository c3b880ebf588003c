import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

interface RatingTable {
  id: Buffer;
  /** All zeros where no programme was in force. */
  programme_id: Buffer;
  subject_id: Buffer;
  /** The name the subject had when it was rated. */
  subject_name: string;
  code_id: Buffer;
  kind: string;
  /** Hash of the rater: the person, or the device of a guest. */
  rater_key: Buffer;
  person_id: Buffer | null;
  is_verified: number;
  level: number;
  reasons: string;
  words: string;
  area_path: string;
  rated_on: string;
  rated_at: Date;
}

interface PostCardTable {
  post_id: Buffer;
  person_id: Buffer;
  unit_id: Buffer | null;
  from_on: string;
  to_on: string | null;
  /** Null for a post without authority, and until a card of an earlier version was read again. */
  role: string | null;
  area_path: string | null;
}

interface FollowUpTable {
  id: Buffer;
  rating_id: Buffer;
  programme_id: Buffer;
  subject_id: Buffer;
  subject_person_id: Buffer | null;
  subject_unit_id: Buffer | null;
  area_path: string;
  /** Whose officers have to act: the community's, until it climbs. */
  desk_path: string;
  state: string;
  owner_id: Buffer | null;
  receiver_id: Buffer | null;
  opened_at: Date;
  accept_by: Date;
  contact_by: Date;
  resolve_by: Date;
  contacted_at: Date | null;
  extended_at: Date | null;
  resolved_at: Date | null;
  re_rate_until: Date | null;
  closed_at: Date | null;
  /** The earliest of the deadlines that still run; what the sweep looks for. */
  next_due_at: Date | null;
  overdue_since: Date | null;
  climbs: number;
  reopenings: number;
  outcome: string | null;
  outcome_words: string | null;
  passed_to: string | null;
  is_calendar_known: number;
  /** From when the rated may know of the rating. */
  disclosed_at: Date | null;
  appeal_until: Date | null;
}

interface FollowUpStepTable {
  id: Buffer;
  follow_up_id: Buffer;
  step: string;
  taken_at: Date;
  person_id: Buffer | null;
  role: string | null;
  desk_path: string;
  to_person_id: Buffer | null;
  code: string | null;
  words: string | null;
}

interface FollowUpTermsTable {
  programme_id: Buffer;
  version: number;
  from_on: string;
  terms: string;
  set_by: Buffer | null;
  set_at: Date;
}

interface AppealTable {
  id: Buffer;
  rating_id: Buffer;
  follow_up_id: Buffer;
  appellant_id: Buffer | null;
  text: string | null;
  state: string;
  appealed_at: Date;
  decided_by: Buffer | null;
  decided_by_role: string | null;
  decision: string | null;
  decided_at: Date | null;
}

export interface RatingsDatabase extends CommandTables<'ratings'>, QueueTables<'ratings'> {
  ratings_rating: RatingTable;
  ratings_post_card: PostCardTable;
  ratings_follow_up: FollowUpTable;
  ratings_follow_up_step: FollowUpStepTable;
  ratings_follow_up_terms: FollowUpTermsTable;
  ratings_appeal: AppealTable;
}
