import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';
import type { Generated } from 'kysely';

interface AreaTable {
  code: string;
  name: string;
  level: string;
  parent_code: string | null;
  area_path: string;
  state: Generated<string>;
  merged_into: string | null;
  /** Of a grid. */
  households: number | null;
  created_at: Date;
}

/** Outlines of the areas right below one, as GeoJSON. */
interface AreaMapTable {
  area_code: string;
  map: string;
  set_at: Date;
}

/** What an area was until a change. */
interface AreaPastTable {
  change_id: Buffer;
  code: string;
  name: string;
  parent_code: string | null;
  area_path: string;
  change_kind: string;
  reason: string;
  until_at: Date;
}

interface RelocationTable {
  id: Buffer;
  kind: string;
  area_code: string;
  target_code: string;
  old_path: string;
  new_path: string;
  state: string;
  /** 1 until it is done, so that its unique key lets one be under way. */
  under_way: number | null;
  reason: string;
  settle_at: Date | null;
  started_at: Date;
  finished_at: Date | null;
}

interface ProgrammeTable {
  id: Buffer;
  name: string;
  area_code: string;
  area_path: string;
  created_at: Date;
}

interface UnitTable {
  id: Buffer;
  name: string;
  kind: string;
  area_path: string;
  address: Generated<string>;
  contact_phone: Generated<string>;
  state: Generated<string>;
  created_at: Date;
}

interface UnitStateTable {
  id: Buffer;
  unit_id: Buffer;
  state: string;
  on_date: string;
  reason: string;
  recorded_at: Date;
}

interface SubjectTable {
  id: Buffer;
  programme_id: Buffer | null;
  kind: string;
  name: string;
  title: string;
  unit_id: Buffer | null;
  area_code: string;
  area_path: string;
  person_id: Buffer | null;
  stage: string | null;
  closed_reason: string | null;
  /** SHA-256 of the picture that those who scan see. */
  photo_digest: Buffer | null;
  is_active: number;
  version: number;
  created_at: Date;
}

interface PostTable {
  id: Buffer;
  person_id: Buffer;
  role: string | null;
  unit_id: Buffer | null;
  area_path: string;
  from_on: string;
  to_on: string | null;
  substitute_for: Buffer | null;
  reason: string | null;
  version: Generated<number>;
  created_at: Date;
}

interface StageTable {
  subject_id: Buffer;
  step: number;
  stage: string;
  on_date: string;
  evidence: string;
  recorded_at: Date;
}

interface CertificateTable {
  id: Buffer;
  subject_id: Buffer;
  level: string;
  number: string;
  /** The number while the certificate is the current one of that number. */
  current_number: string | null;
  issued_on: string;
  expires_on: string;
  state: string;
  renews: Buffer | null;
  withdrawal_reason: string | null;
  recorded_at: Date;
}

interface ExpiryNoticeTable {
  certificate_id: Buffer;
  days_ahead: number;
  due_at: Date;
  /** `sent` or `skipped`; null while it is to come. */
  outcome: string | null;
  told_at: Date | null;
}

export interface DirectoryDatabase extends CommandTables<'directory'>, QueueTables<'directory'> {
  directory_area: AreaTable;
  directory_area_map: AreaMapTable;
  directory_area_past: AreaPastTable;
  directory_relocation: RelocationTable;
  directory_programme: ProgrammeTable;
  directory_unit: UnitTable;
  directory_unit_state: UnitStateTable;
  directory_subject: SubjectTable;
  directory_post: PostTable;
  directory_stage: StageTable;
  directory_certificate: CertificateTable;
  directory_expiry_notice: ExpiryNoticeTable;
}
