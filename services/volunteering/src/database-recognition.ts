/** What a programme has set for stars and certificates, as JSON; each version stays. */
interface RecognitionRulesTable {
  programme_id: Buffer;
  version: number;
  terms: string;
  set_by: Buffer;
  set_at: Date;
}

interface StarTable {
  id: Buffer;
  programme_id: Buffer;
  person_id: Buffer;
  /** Where the volunteer lived when it was reached. */
  area_path: string;
  level: number;
  /** The level while another star of it may not begin. */
  live_level: number | null;
  state: string;
  rules_version: number;
  threshold_minutes: number;
  /** Verified minutes when it was reached. */
  reached_minutes: number;
  /** With how many an appeal let it stay: it is measured by them from then on. */
  kept_minutes: number | null;
  appeal_days: number;
  entry_reference: string | null;
  published_from: string | null;
  published_to: string | null;
  objections_open: number;
  /** Who answered an objection last. */
  answered_by: Buffer | null;
  reason: string | null;
  appeal_until: Date | null;
  appeal: string | null;
  appealed_at: Date | null;
  /** Staff who wrote the appeal down. */
  appeal_recorded_by: Buffer | null;
  decided_by: Buffer | null;
  decision: string | null;
  proposed_at: Date;
  active_at: Date | null;
  ended_at: Date | null;
}

/** Whose stars are to be looked at again. */
interface StarDueTable {
  programme_id: Buffer;
  person_id: Buffer;
  due_at: Date;
}

/** How the board names a person, with their consent; the version tells which naming is the later. */
interface StarNamingTable {
  person_id: Buffer;
  nickname: string | null;
  naming_version: number;
  given_at: Date | null;
}

interface CertificateTable {
  id: Buffer;
  programme_id: Buffer;
  person_id: Buffer;
  area_path: string;
  masked_name: string;
  number: string;
  token: string;
  state: string;
  failure: string | null;
  from_on: string;
  until_on: string;
  includes_recorded: number;
  verified_minutes: number;
  recorded_minutes: number;
  issuer: string;
  contact: string;
  requested_by: Buffer;
  is_assisted: number;
  requested_at: Date;
  issued_on: string | null;
  issued_at: Date | null;
  /** SHA-256 of the paper as it was issued, in hex. */
  paper_digest: string | null;
  revoked_by: Buffer | null;
  revoked_at: Date | null;
  revocation: string | null;
}

interface CertificateItemTable {
  certificate_id: Buffer;
  hours_id: Buffer;
  version: number;
  kind: string;
  minutes: number;
}

interface CertificatePaperTable {
  certificate_id: Buffer;
  key_id: string;
  sealed_digest: string;
  sealed: Buffer;
}

export interface RecognitionTables {
  volunteering_recognition_rules: RecognitionRulesTable;
  volunteering_star: StarTable;
  volunteering_star_due: StarDueTable;
  volunteering_star_naming: StarNamingTable;
  volunteering_certificate: CertificateTable;
  volunteering_certificate_item: CertificateItemTable;
  volunteering_certificate_paper: CertificatePaperTable;
}
