import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

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

export interface CodesDatabase extends CommandTables<'codes'>, QueueTables<'codes'> {
  codes_subject_card: SubjectCardTable;
  codes_code: CodeTable;
  codes_report: ReportTable;
  codes_change_head: ChangeHeadTable;
  codes_change: ChangeTable;
}
