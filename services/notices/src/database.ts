import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

/** Addressed to a person, or to a role in an area. */
interface MessageTable {
  id: Buffer;
  person_id: Buffer | null;
  role: string | null;
  area_path: string | null;
  template: string;
  params: string;
  sent_at: Date;
}

interface ReadingTable {
  message_id: Buffer;
  person_id: Buffer;
  read_at: Date;
}

/** The text message that goes with a message; the phone number is asked for when it is sent. */
interface TextTable {
  message_id: Buffer;
  person_id: Buffer;
  state: string;
  tries: number;
  due_at: Date;
  done_at: Date | null;
}

interface ReferenceTable {
  year: number;
  last_number: number;
}

interface EntryTable {
  id: Buffer;
  reference: string;
  area_path: string;
  subject_ref: string | null;
  author_id: Buffer | null;
  title: string;
  text: string;
  from_on: string;
  to_on: string;
  state: string;
  withdrawal_reason: string | null;
  created_at: Date;
  outcome: string | null;
  closed_at: Date | null;
  /** Counted by relative updates, which decide the races of objecting, answering and closing. */
  objections: number;
  open_objections: number;
  /** How the person it tells of wants to be named, while it is up. */
  named_as: string | null;
  naming_version: number;
}

/** Who was erased. */
interface GoneTable {
  person_id: Buffer;
  gone_at: Date;
}

/** Who had a part in what an entry tells, besides its author. */
interface ExcludedTable {
  entry_id: Buffer;
  person_id: Buffer;
}

interface ObjectionTable {
  id: Buffer;
  entry_id: Buffer;
  person_id: Buffer | null;
  recorded_by: Buffer | null;
  text: string;
  state: string;
  answer: string | null;
  answered_by: Buffer | null;
  submitted_at: Date;
  answered_at: Date | null;
}

export interface NoticesDatabase extends CommandTables<'notices'>, QueueTables<'notices'> {
  notices_message: MessageTable;
  notices_reading: ReadingTable;
  notices_text: TextTable;
  notices_reference: ReferenceTable;
  notices_entry: EntryTable;
  notices_gone: GoneTable;
  notices_excluded: ExcludedTable;
  notices_objection: ObjectionTable;
}
