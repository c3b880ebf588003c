import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';
import type { Generated } from 'kysely';
import type { RecognitionTables } from './database-recognition.ts';
import type { StatisticTables } from './database-statistics.ts';

interface PersonTable {
  person_id: Buffer;
  left_at: Date | null;
}

interface SkillTable {
  id: Buffer;
  programme_id: Buffer;
  name: string;
  created_at: Date;
}

interface VolunteerTable {
  person_id: Buffer;
  programme_id: Buffer;
  area_path: string;
  masked_name: string;
  birth_month: string;
  number: string;
  key_id: string;
  salt: Buffer;
  /** Names the person in the ledger. */
  account_id: Buffer;
  /** When a guardian agreed, for somebody under age. */
  guardian_on: string | null;
  joined_at: Date;
}

interface VolunteerSkillTable {
  person_id: Buffer;
  skill_id: Buffer;
}

interface TeamTable {
  id: Buffer;
  programme_id: Buffer;
  name: string;
  area_path: string;
  words: string;
  is_closed: number;
  created_at: Date;
}

interface MemberTable {
  id: Buffer;
  team_id: Buffer;
  person_id: Buffer;
  role: string;
  state: string;
  /** The person while applied or in force. */
  live_person_id: Buffer | null;
  applied_at: Date;
  decided_by: Buffer | null;
  ended_at: Date | null;
}

/** What staff did for somebody, with the consent that was given. */
interface AssistanceTable {
  id: Buffer;
  act: string;
  object_id: Buffer;
  person_id: Buffer;
  assisted_by: Buffer;
  assisted_by_role: string;
  consent: string;
  consent_words: string;
  consented_on: string;
  acted_at: Date;
}

interface ActivityTable {
  id: Buffer;
  programme_id: Buffer;
  team_id: Buffer;
  title: string;
  words: string;
  area_path: string;
  place: string;
  state: string;
  least_age: number | null;
  most_age: number | null;
  beneficiary_id: Buffer | null;
  /** Who wrote its draft last. */
  changed_by: Buffer;
  submitted_by: Buffer | null;
  /** Who approved it. */
  decided_by: Buffer | null;
  reason: string | null;
  created_at: Date;
  project_id: Generated<Buffer | null>;
}

interface ProjectTable {
  id: Buffer;
  programme_id: Buffer;
  /** Null where an area runs it. */
  team_id: Buffer | null;
  area_path: string;
  title: string;
  goal: string;
  from_on: string;
  to_on: string;
  target_activities: number | null;
  target_people: number | null;
  target_hours: number | null;
  state: string;
  changed_by: Buffer;
  decided_by: Buffer | null;
  created_at: Date;
}

interface ShiftTable {
  id: Buffer;
  activity_id: Buffer;
  programme_id: Buffer;
  starts_at: Date;
  ends_at: Date;
  state: string;
  place_code_id: Buffer | null;
  /** When the one who is served said so. */
  served_at: Date | null;
}

interface SeatTable {
  shift_id: Buffer;
  /** Zeros for anybody. */
  skill_id: Buffer;
  places: number;
  taken: number;
  /** As the shift's, from when it was opened. */
  programme_id: Buffer | null;
  starts_at: Date | null;
}

interface SignUpTable {
  id: Buffer;
  programme_id: Buffer;
  activity_id: Buffer;
  shift_id: Buffer;
  person_id: Buffer;
  /** The person while they wait or have a place. */
  live_person_id: Buffer | null;
  skill_id: Buffer;
  state: string;
  starts_at: Date;
  ends_at: Date;
  is_assisted: number;
  signed_at: Date;
  remind_at: Date | null;
  ended_at: Date | null;
}

interface SubstitutionTable {
  id: Buffer;
  sign_up_id: Buffer;
  standing_sign_up_id: Buffer | null;
  holder_id: Buffer;
  asked_id: Buffer;
  state: string;
  offered_at: Date;
  decided_at: Date | null;
}

interface AttendanceTable {
  sign_up_id: Buffer;
  shift_id: Buffer;
  person_id: Buffer;
  /** The person while they are in and not out. */
  present_person_id: Buffer | null;
  starts_at: Date;
  ends_at: Date;
  state: string;
  in_at: Date | null;
  in_way: string | null;
  out_at: Date | null;
  out_way: string | null;
  is_late: number;
  /** When a check-out counts as forgotten. */
  due_at: Date | null;
  confirmed_by: Buffer | null;
  refusal: string | null;
}

interface ScanTable {
  event_id: Buffer;
  sign_up_id: Buffer;
  kind: string;
  way: string;
  at: Date;
  received_at: Date;
  scanned_by: Buffer;
  is_late: number;
  is_counted: number;
}

interface HoursTable {
  id: Buffer;
  programme_id: Buffer;
  kind: string;
  person_id: Buffer;
  team_id: Buffer;
  activity_id: Buffer | null;
  area_path: string;
  title: string;
  on_day: string;
  /** When verified hours began to count. */
  served_from: Date | null;
  /** No correction goes beyond it. */
  most_minutes: number;
  minutes: number;
  beyond_cap: number;
  version: number;
  /** Whether the person had no verified hours before. */
  is_first: number;
  account_id: Buffer;
  posted_minutes: number;
  /** What the ledger is being told. */
  posting_minutes: number | null;
  posting_version: number | null;
  post_at: Date | null;
  counted_by: Buffer;
  counted_at: Date;
  /** Minutes that the statistics have of them. */
  tallied_minutes: Generated<number>;
  /** When the statistics are to be told; at once, as they are made. */
  tally_at: Generated<Date | null>;
}

interface HoursDayTable {
  hours_id: Buffer;
  on_day: string;
  minutes: number;
}

interface DayTable {
  programme_id: Buffer;
  person_id: Buffer;
  on_day: string;
  minutes: number;
}

interface CorrectionTable {
  hours_id: Buffer;
  version: number;
  minutes_before: number;
  minutes_after: number;
  reason: string;
  corrected_by: Buffer;
  corrected_by_role: string;
  corrected_at: Date;
}

interface ReviewTable {
  id: Buffer;
  kind: string;
  /** Hours, or an activity. */
  object_id: Buffer;
  /** Null where it is about an order. */
  activity_id: Buffer | null;
  order_id: Buffer | null;
  /** Where the activity is, or who ordered lives. */
  area_path: string;
  outcome: string | null;
  words: string | null;
  reviewed_by: Buffer | null;
  listed_at: Date;
  reviewed_at: Date | null;
}

interface MenuItemTable {
  id: Buffer;
  programme_id: Buffer;
  team_id: Buffer;
  area_path: string;
  title: string;
  words: string;
  minutes: number;
  skill_id: Buffer | null;
  state: string;
  proposed_by: Buffer;
  decided_by: Buffer | null;
  reason: string | null;
  created_at: Date;
}

interface OrderTable {
  id: Buffer;
  programme_id: Buffer;
  item_id: Buffer;
  team_id: Buffer;
  /** Where the person lives. */
  area_path: string;
  person_id: Buffer;
  person_name: string;
  volunteer_id: Buffer | null;
  /** The volunteer while they are to come or are there. */
  live_volunteer_id: Buffer | null;
  place: string;
  words: string;
  wanted_from: Date;
  wanted_until: Date;
  starts_at: Date | null;
  ends_at: Date | null;
  state: string;
  is_assisted: number;
  code_round: number;
  code_tries: number;
  arrived_at: Date | null;
  finished_at: Date | null;
  minutes: number | null;
  objection: string | null;
  decision: string | null;
  decided_by: Buffer | null;
  due_at: Date | null;
  placed_at: Date;
  ended_at: Date | null;
}

/** Under which subject of the directory a volunteer is rated. */
interface SubjectTable {
  subject_id: Buffer;
  person_id: Buffer | null;
  is_active: number;
  version: number;
}

/** What a programme has set, as JSON. */
interface SettingsTable {
  programme_id: Buffer;
  settings: string;
  set_at: Date;
}

export interface VolunteeringDatabase
  extends CommandTables<'volunteering'>,
    QueueTables<'volunteering'>,
    RecognitionTables,
    StatisticTables {
  volunteering_person: PersonTable;
  volunteering_skill: SkillTable;
  volunteering_volunteer: VolunteerTable;
  volunteering_volunteer_skill: VolunteerSkillTable;
  volunteering_team: TeamTable;
  volunteering_member: MemberTable;
  volunteering_assistance: AssistanceTable;
  volunteering_activity: ActivityTable;
  volunteering_shift: ShiftTable;
  volunteering_seat: SeatTable;
  volunteering_sign_up: SignUpTable;
  volunteering_substitution: SubstitutionTable;
  volunteering_settings: SettingsTable;
  volunteering_attendance: AttendanceTable;
  volunteering_scan: ScanTable;
  volunteering_hours: HoursTable;
  volunteering_hours_day: HoursDayTable;
  volunteering_day: DayTable;
  volunteering_correction: CorrectionTable;
  volunteering_review: ReviewTable;
  volunteering_menu_item: MenuItemTable;
  volunteering_order: OrderTable;
  volunteering_subject: SubjectTable;
  volunteering_project: ProjectTable;
}
