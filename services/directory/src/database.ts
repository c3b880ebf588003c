import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

interface AreaTable {
  code: string;
  name: string;
  level: string;
  parent_code: string | null;
  area_path: string;
  created_at: Date;
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
  created_at: Date;
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
  created_at: Date;
}

export interface DirectoryDatabase extends CommandTables<'directory'>, QueueTables<'directory'> {
  directory_area: AreaTable;
  directory_programme: ProgrammeTable;
  directory_unit: UnitTable;
  directory_subject: SubjectTable;
  directory_post: PostTable;
}
