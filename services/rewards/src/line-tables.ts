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
  /** The waiting place it is set aside for. */
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

export interface LineTables {
  rewards_waiting_place: WaitingPlaceTable;
  rewards_piece: PieceTable;
  rewards_line_consent: LineConsentTable;
}
