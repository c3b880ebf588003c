import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';
import type { Generated } from 'kysely';

export interface SubjectCardTable {
  subject_id: Buffer;
  programme_id: Buffer | null;
  kind: string;
  name: string;
  title: string;
  unit_id: Buffer | null;
  unit_name: string | null;
  area_name: string;
  area_path: string;
  person_id: Buffer | null;
  photo_digest: Buffer | null;
  is_active: number;
  version: number;
}

export interface CodeTable {
  id: Buffer;
  subject_id: Buffer;
  place: string;
  state: string;
  token: string;
  short_code: string;
  /** Hash of subject and place while the code is active: one of a kind. */
  active_slot: Buffer | null;
  area_path: string;
  issued_at: Date;
  /** Until when a rotated code still works; null for active and closed ones. */
  valid_until: Date | null;
}

interface ReportTable {
  id: Buffer;
  code_id: Buffer | null;
  area_path: string | null;
  reason: string;
  words: string;
  reported_at: Date;
  state: string;
  outcome: Generated<string | null>;
  findings: Generated<string | null>;
  checked_at: Generated<Date | null>;
  checked_by: Generated<Buffer | null>;
}

interface ChangeHeadTable {
  id: number;
  seq: number;
}

/** A code whose scan shows something else than before; every process follows these in order. */
interface ChangeTable {
  seq: number;
  token: string;
  short_code: string;
  changed_at: Date;
}

interface BatchTable {
  id: Buffer;
  kind: string;
  state: string;
  area_path: string;
  wanted: number;
  issued: number;
  left_out: number;
  requested_at: Date;
}

/** A subject for whom a batch wants a code; the code follows, was there before, or is left out. */
interface BatchRowTable {
  batch_id: Buffer;
  position: number;
  subject_id: Buffer;
  place: string;
  code_id: Buffer | null;
  is_left_out: number;
}

interface PrintTable {
  id: Buffer;
  source: string;
  batch_id: Buffer | null;
  sheet: string;
  format: string;
  offset_x_tenths: number;
  offset_y_tenths: number;
  contact_phone: string;
  state: string;
  area_path: string;
  wanted: number;
  drawn: number;
  failure: string | null;
  /** The newest try; only its own parts become the print. */
  attempt: number;
  ready_attempt: number | null;
  requested_by: Buffer;
  requested_at: Date;
  expires_at: Date;
}

interface PrintItemTable {
  print_id: Buffer;
  position: number;
  object_id: Buffer;
}

interface PrintPartTable {
  print_id: Buffer;
  attempt: number;
  part: number;
  bytes: Buffer;
}

interface ResidentCardTable {
  id: Buffer;
  person_id: Buffer;
  state: string;
  token: string;
  short_code: string;
  /** The person while the card is in force: one of a kind. */
  active_person: Buffer | null;
  area_path: string;
  issued_at: Date;
  revoked_at: Date | null;
}

interface ScanCountTable {
  code_id: Buffer;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  on_day: string;
  scans: number;
}

/** A group of counts that was written; its repeat changes nothing. */
interface ScanFlushTable {
  id: Buffer;
  flushed_at: Date;
}

interface PlaceCodeTable {
  id: Buffer;
  /** Names the place inside its codes; no secret. */
  number: string;
  name: string;
  area_path: string;
  opens_at: Date;
  closes_at: Date;
  step_seconds: number;
  key_id: string;
  salt: Buffer;
  is_closed: number;
}

interface PlaceUseTable {
  place_code_id: Buffer;
  step: number;
  person_id: Buffer;
  used_at: Date;
}

export interface CodesDatabase extends CommandTables<'codes'>, QueueTables<'codes'> {
  codes_subject_card: SubjectCardTable;
  codes_code: CodeTable;
  codes_report: ReportTable;
  codes_change_head: ChangeHeadTable;
  codes_change: ChangeTable;
  codes_batch: BatchTable;
  codes_batch_row: BatchRowTable;
  codes_print: PrintTable;
  codes_print_item: PrintItemTable;
  codes_print_part: PrintPartTable;
  codes_resident_card: ResidentCardTable;
  codes_scan_count: ScanCountTable;
  codes_scan_flush: ScanFlushTable;
  codes_place_code: PlaceCodeTable;
  codes_place_use: PlaceUseTable;
}
