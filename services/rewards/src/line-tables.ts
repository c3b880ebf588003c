/** Somebody who waits for a piece of what is sold out. */
interface WaitingPlaceTable {
  id: Buffer;
  programme_id: Buffer;
  benefit_id: Buffer;
  person_id: Buffer;
  /** The person while the place waits or is offered a piece, else null. */
  standing_person_id: Buffer | null;
  person_name: string;
  /** In the order of joining, from 1 for each benefit. */
  queue_number: number;
  state: string;
  joined_at: Date;
  offered_until: Date | null;
  /** Where a piece was set aside for it. */
  merchant_id: Buffer | null;
  redemption_id: Buffer | null;
  decided_at: Date | null;
}

/** A piece of reserved stock, with its part of a budget, until a redemption takes it over. */
interface PieceTable {
  id: Buffer;
  /** The waiting place or the draw it is set aside for. */
  owner_id: Buffer;
  benefit_id: Buffer;
  merchant_id: Buffer;
  budget_id: Buffer | null;
  price_points: number;
  unit_value_cents: number;
  /** Which redemption is to take it over. */
  redemption_id: Buffer | null;
}

/** What staff did on somebody's behalf in a line, with the consent that was given. */
interface LineConsentTable {
  subject_id: Buffer;
  /** `joining` or `withdrawal`. */
  act: string;
  /** Where the person was at home; goes along with that area. */
  area_path: string;
  assisted_by: Buffer;
  assisted_by_role: string;
  consent: string;
  consent_words: string;
  consented_on: string;
  acted_at: Date;
}

interface DrawTable {
  id: Buffer;
  programme_id: Buffer;
  benefit_id: Buffer;
  /** The benefit until the draw has ended, else null. */
  standing_benefit_id: Buffer | null;
  winners: number;
  state: string;
  entries_from: Date;
  entries_until: Date;
  drawn_from: Date;
  key_id: string;
  salt: Buffer;
  seed_hash: string;
  seed: string | null;
  entries: number | null;
  list_hash: string | null;
  frozen_at: Date | null;
  frozen_head_seq: number | null;
  drawn_at: Date | null;
  head_seq: number | null;
  head_hash: string | null;
  ended_at: Date | null;
  cancellation: string | null;
  /** When everybody whom it had no piece for was told of its end. */
  told_at: Date | null;
  opened_by: Buffer;
  opened_at: Date;
}

interface DrawEntryTable {
  id: Buffer;
  draw_id: Buffer;
  person_id: Buffer;
  /** The person until the entry is withdrawn, else null. */
  standing_person_id: Buffer | null;
  entry_number: string;
  state: string;
  entered_at: Date;
  drawn_place: number | null;
  redemption_id: Buffer | null;
}

export interface LineTables {
  rewards_draw: DrawTable;
  rewards_draw_entry: DrawEntryTable;
  rewards_waiting_place: WaitingPlaceTable;
  rewards_piece: PieceTable;
  rewards_line_consent: LineConsentTable;
}
