import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';
import type { Generated } from 'kysely';

interface PersonTable {
  id: Buffer;
  /** Home; null for staff and operators who are no residents, and once erased. */
  area_path: string | null;
  key_id: string | null;
  /** The person's own key, wrapped; destroying it destroys what is sealed below. */
  data_key: Buffer | null;
  name_sealed: Buffer | null;
  phone_sealed: Buffer | null;
  is_demo: number;
  created_at: Date;
  erased_at: Date | null;
}

interface CredentialTable {
  id: Buffer;
  person_id: Buffer;
  kind: string;
  /** HMAC of the phone number, or the login. */
  lookup: string;
  secret: string | null;
  must_change: number;
  created_at: Date;
}

interface ConsentTable {
  id: Buffer;
  person_id: Buffer;
  kind: string;
  version: string;
  how: string;
  recorded_by: Buffer | null;
  given_at: Date;
}

interface SessionTable {
  id: Buffer;
  person_id: Buffer;
  token_hash: Buffer;
  method: string;
  role: string;
  device: string | null;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

/** What a screen on a wall reads with. */
interface KioskTable {
  id: Buffer;
  token_hash: Buffer;
  label: string;
  area_path: string;
  /** Who let it read. */
  person_id: Buffer;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  /** Written at most every ten minutes. */
  last_seen_at: Date | null;
}

interface CodeRequestTable {
  id: Buffer;
  phone_lookup: string;
  code_hash: Buffer;
  tries: number;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
  voided_at: Date | null;
}

interface CounterTable {
  name: string;
  subject: string;
  used: number;
  window_ends_at: Date;
}

interface PostTable {
  id: Buffer;
  person_id: Buffer;
  role: string | null;
  area_path: string;
  from_on: string;
  to_on: string | null;
  version: Generated<number>;
}

interface GrantTable {
  id: Buffer;
  person_id: Buffer;
  role: string;
  merchant_id: Buffer | null;
  created_at: Date;
  /** The phone that a clerk is bound to. */
  device: string | null;
  bound_at: Date | null;
}

interface ProgrammeTable {
  id: Buffer;
  area_path: string;
}

interface KeyCheckTable {
  name: string;
  value: string;
  created_at: Date;
}

export interface IdentityDatabase extends CommandTables<'identity'>, QueueTables<'identity'> {
  identity_person: PersonTable;
  identity_credential: CredentialTable;
  identity_consent: ConsentTable;
  identity_session: SessionTable;
  identity_kiosk: KioskTable;
  identity_code_request: CodeRequestTable;
  identity_counter: CounterTable;
  identity_post: PostTable;
  identity_grant: GrantTable;
  identity_programme: ProgrammeTable;
  identity_key_check: KeyCheckTable;
}
