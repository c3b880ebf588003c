import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

export interface RatingTable {
  id: Buffer;
  /** All zeros where no programme was in force. */
  programme_id: Buffer;
  subject_id: Buffer;
  /** The name the subject had when it was rated. */
  subject_name: string;
  /** Null columns are of ratings from before they were kept. */
  subject_person_id: Buffer | null;
  unit_id: Buffer | null;
  code_id: Buffer;
  kind: string;
  /** Hash of the rater: the person, or the device of a guest. */
  rater_key: Buffer;
  rater_class: string;
  /** Hash of what a rating may be given for once. */
  once_key: Buffer;
  person_id: Buffer | null;
  is_verified: number;
  is_named: number;
  question_version: number;
  level: number;
  reasons: string;
  words: string;
  words_state: string;
  photo_count: number;
  state: string;
  rates_again: Buffer | null;
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

interface LevelColumns {
  level_1: number;
  level_2: number;
  level_3: number;
  level_4: number;
  level_5: number;
}

/** How often each level was given, kept in the transaction that gives it. */
interface CounterTable extends LevelColumns {
  subject_id: Buffer;
  month: string;
  rater_class: string;
  programme_id: Buffer;
  unit_id: Buffer;
  area_path: string;
}

/** How far the ratings of a subject and class are told to the public, and when to look again. */
interface PoolTable {
  subject_id: Buffer;
  rater_class: string;
  last_id: Buffer;
  look_at: Date | null;
}

/** Ratings of five raters or more: the smallest thing that is told. */
export interface BinTable extends LevelColumns {
  id: Buffer;
  subject_id: Buffer;
  rater_class: string;
  programme_id: Buffer;
  unit_id: Buffer;
  area_path: string;
  month: string;
  first_id: Buffer;
  last_id: Buffer;
  raters: number;
  state: string;
  closed_at: Date;
}

interface SignalTable {
  rating_id: Buffer;
  subject_id: Buffer;
  person_id: Buffer | null;
  device: Buffer | null;
  network: Buffer | null;
  rated_at: Date;
}

export interface QuestionSetTable {
  id: Buffer;
  programme_id: Buffer;
  version: number | null;
  state: string;
  content: string;
  from_on: string;
  to_on: string | null;
  drafted_by: Buffer | null;
  drafted_at: Date;
  decided_at: Date | null;
}

interface RightTable {
  id: Buffer;
  kind: string;
  token_hash: Buffer | null;
  minted_by: string;
  source_id: Buffer;
  subject_id: Buffer;
  person_id: Buffer | null;
  rates_again: Buffer | null;
  expires_at: Date;
  used_by: Buffer | null;
  minted_at: Date;
}

interface PhotoTable {
  id: Buffer;
  rater_key: Buffer;
  person_id: Buffer | null;
  rating_id: Buffer | null;
  digest: Buffer;
  media_type: string;
  size: number;
  uploaded_at: Date;
}

interface ScreenedWordTable {
  id: Buffer;
  word: string;
  /** The word as texts are folded before it is looked for. */
  folded: Buffer;
  added_by: Buffer | null;
  added_at: Date;
}

/** Grows with each change of the list, so that every process reads it anew. */
interface WordListTable {
  id: number;
  version: number;
}

export interface ReplyTable {
  rating_id: Buffer;
  id: Buffer;
  area_path: string;
  text: string;
  state: string;
  replied_by: Buffer | null;
  replied_at: Date;
}

export interface FlagTable {
  id: Buffer;
  rating_id: Buffer;
  area_path: string;
  reason: string;
  evidence: string;
  flagged_by: Buffer | null;
  flagged_by_role: string;
  flagged_at: Date;
  lifted_by: Buffer | null;
  lifted_by_role: string | null;
  lifted_words: string | null;
  lifted_at: Date | null;
  /** The rating while the flag stands: one at a time. */
  open_rating_id: Buffer | null;
  bin_id: Buffer | null;
}

interface AssistanceTable {
  rating_id: Buffer;
  area_path: string;
  assisted_by: Buffer | null;
  assisted_by_role: string;
  consent: string;
  consent_words: string;
  consented_on: string;
  /** The staff's own name for somebody who is not registered. */
  elder_ref: string | null;
  recorded_at: Date;
}

export interface CaseTable {
  id: Buffer;
  pattern: string;
  /** Hash of what the pattern was found about, and the day. */
  once_key: Buffer;
  area_path: string;
  ratings: number;
  state: string;
  opened_at: Date;
  due_at: Date;
  decided_by: Buffer | null;
  decided_by_role: string | null;
  decided_words: string | null;
  decided_at: Date | null;
}

interface CaseRatingTable {
  case_id: Buffer;
  rating_id: Buffer;
}

export interface RatingsDatabase extends CommandTables<'ratings'>, QueueTables<'ratings'> {
  ratings_rating: RatingTable;
  ratings_post_card: PostCardTable;
  ratings_follow_up: FollowUpTable;
  ratings_follow_up_step: FollowUpStepTable;
  ratings_follow_up_terms: FollowUpTermsTable;
  ratings_appeal: AppealTable;
  ratings_counter: CounterTable;
  ratings_pool: PoolTable;
  ratings_bin: BinTable;
  ratings_signal: SignalTable;
  ratings_question_set: QuestionSetTable;
  ratings_right: RightTable;
  ratings_photo: PhotoTable;
  ratings_screened_word: ScreenedWordTable;
  ratings_word_list: WordListTable;
  ratings_reply: ReplyTable;
  ratings_flag: FlagTable;
  ratings_assistance: AssistanceTable;
  ratings_case: CaseTable;
  ratings_case_rating: CaseRatingTable;
}
