import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';
import type { LineTables } from './line-tables.ts';
import type { SettlementTables } from './settlement-tables.ts';

interface ProgrammeTable {
  id: Buffer;
  area_path: string;
}

interface MerchantTable {
  id: Buffer;
  programme_id: Buffer;
  name: string;
  address: string;
  area_path: string;
  created_at: Date;
  state: string;
  business: string;
  /** Who applied for it; null where staff registered it. */
  applicant_id: Buffer | null;
  decided_by: Buffer | null;
  /** Why it was refused or paused. */
  reason: string | null;
  /** `owner` or `officer`, while it is paused. */
  paused_by: string | null;
  monthly_ceiling_cents: number | null;
}

interface ShopTable {
  id: Buffer;
  merchant_id: Buffer;
  name: string;
  address: string;
  hours: string;
  phone: string;
  area_path: string;
  state: string;
  created_at: Date;
}

interface ClerkTable {
  id: Buffer;
  merchant_id: Buffer;
  person_id: Buffer;
  shop_id: Buffer | null;
  state: string;
  invited_at: Date;
  removed_at: Date | null;
}

/** The stock of a benefit at one of its merchants; the benefit has the sums. */
interface ShareTable {
  benefit_id: Buffer;
  merchant_id: Buffer;
  initial_stock: number;
  available: number;
  reserved: number;
  sold: number;
}

interface BenefitTextTable {
  benefit_id: Buffer;
  version: number;
  title: string;
  description: string;
  picture: Buffer | null;
  state: string;
  proposed_by: Buffer | null;
  decided_by: Buffer | null;
  proposed_at: Date;
  decided_at: Date | null;
}

interface BudgetTable {
  id: Buffer;
  programme_id: Buffer;
  sponsor: string;
  area_path: string;
  points_limit: number | null;
  points_reserved: number;
  points_spent: number;
  cents_limit: number | null;
  cents_reserved: number;
  cents_spent: number;
  state: string;
  created_at: Date;
  funding_version: number;
  /** What was told last of what it could pay out; null: nothing yet. */
  told_points: number | null;
}

interface TopUpTable {
  id: Buffer;
  benefit_id: Buffer;
  merchant_id: Buffer;
  pieces: number;
  words: string;
  area_path: string;
  state: string;
  reason: string | null;
  requested_by: Buffer | null;
  decided_by: Buffer | null;
  requested_at: Date;
  decided_at: Date | null;
}

interface BenefitTable {
  id: Buffer;
  programme_id: Buffer;
  merchant_id: Buffer;
  title: string;
  description: string;
  kind: string;
  price_points: number;
  minimum_standing: number;
  /** Always the sum of the three after it. */
  initial_stock: number;
  available: number;
  reserved: number;
  sold: number;
  per_person_per_month: number;
  valid_days: number;
  payer: string;
  area_path: string;
  state: string;
  created_at: Date;
  /** Rises with each change of what the benefit could pay out; 0: points never heard of it. */
  funding_version: number;
  /** Face value of one piece. */
  unit_value_cents: number;
  budget_id: Buffer | null;
  opens_at: Date | null;
  closes_at: Date | null;
  per_person_per_day: number | null;
  per_person_per_week: number | null;
  per_person_in_total: number | null;
  text_version: number;
  /** SHA-256 under which the picture is kept. */
  picture: Buffer | null;
  created_by: Buffer | null;
  /** Who changed or submitted it last. */
  changed_by: Buffer | null;
  approved_by: Buffer | null;
  refusal: string | null;
  /** How scarce pieces are handed out. */
  allocation: string;
}

/** One row for each person who redeemed or left: what their requests and their leaving lock. */
interface ResidentTable {
  person_id: Buffer;
  left_at: Date | null;
}

interface QuotaTable {
  programme_id: Buffer;
  person_id: Buffer;
  benefit_id: Buffer;
  /** A period in Asia/Shanghai: `YYYY-MM-DD`, `YYYY-Www`, `YYYY-MM` or `total`. */
  quota_month: string;
  used: number;
}

interface RedemptionTable {
  id: Buffer;
  programme_id: Buffer;
  benefit_id: Buffer;
  person_id: Buffer;
  price_points: number;
  minimum_standing: number;
  valid_days: number;
  quota_month: string;
  area_path: string;
  state: string;
  failure: string | null;
  requested_at: Date;
  /** Until a voucher is issued: when the redemption is given up; then the voucher's end. */
  expires_at: Date;
  ended_at: Date | null;
  /** Set before points are asked for a hold, so that one may be there from then on. */
  hold_asked_at: Date | null;
  /** When the next step is told again if it has not happened; null while nothing is left to do. */
  next_at: Date | null;
  drives: number;
  /** Chosen by the person, or found when stock was set aside. */
  merchant_id: Buffer | null;
  budget_id: Buffer | null;
  unit_value_cents: number;
  /** Version of the words it was sold under. */
  text_version: number;
  /** The periods of the quota it has a place in, parted by commas. */
  quota_periods: string | null;
}

/** A step of a redemption happens once. */
interface EffectTable {
  redemption_id: Buffer;
  step: string;
  done_at: Date;
}

interface VoucherTable {
  id: Buffer;
  programme_id: Buffer;
  redemption_id: Buffer;
  benefit_id: Buffer;
  merchant_id: Buffer;
  /** Unique in the install: a merchant types it without naming a programme. */
  voucher_number: string;
  key_id: string;
  salt: Buffer;
  area_path: string;
  state: string;
  issued_at: Date;
  expires_at: Date;
  used_at: Date | null;
  used_step: number | null;
  /** Whom it was given to; null while it is with who asked for it. */
  holder_id: Buffer | null;
  /** When its holder is told next that it ends soon. */
  notice_at: Date | null;
  /** Secret of the latest paper; null while there is none. */
  print_key_id: string | null;
  print_salt: Buffer | null;
  prints: number;
}

/** What staff did on somebody's behalf, with the consent that was given. */
interface AssistanceTable {
  redemption_id: Buffer;
  /** `redemption` or `cancellation`. */
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

interface GiftTable {
  id: Buffer;
  programme_id: Buffer;
  voucher_id: Buffer;
  redemption_id: Buffer;
  attempt: number;
  giver_id: Buffer;
  receiver_id: Buffer;
  giver_name: string;
  receiver_phone: string;
  state: string;
  /** The voucher while it is offered and once it was accepted, else null. */
  standing_voucher_id: Buffer | null;
  offered_at: Date;
  offer_ends_at: Date;
  decided_at: Date | null;
}

interface VerificationTable {
  id: Buffer;
  programme_id: Buffer;
  voucher_id: Buffer;
  merchant_id: Buffer;
  operator_id: Buffer;
  operator_role: string;
  area_path: string;
  verified_at: Date;
  /** Where the clerk worked; null for the owner and for clerks without a shop. */
  shop_id: Buffer | null;
  /** The second comes after the first was undone. */
  attempt: number;
  undo_until: Date | null;
  undone_at: Date | null;
  undone_by: Buffer | null;
  undone_role: string | null;
  undo_reason: string | null;
  is_printed: number;
}

/** What a programme has set for its vouchers, as JSON. */
interface SettingsTable {
  programme_id: Buffer;
  settings: string;
  set_at: Date;
}

/** Wrong codes of a voucher or an operator within a window. */
interface TryTable {
  kind: string;
  subject_id: Buffer;
  used: number;
  window_ends_at: Date;
}

export interface RewardsDatabase
  extends CommandTables<'rewards'>,
    QueueTables<'rewards'>,
    SettlementTables,
    LineTables {
  rewards_programme: ProgrammeTable;
  rewards_merchant: MerchantTable;
  rewards_shop: ShopTable;
  rewards_clerk: ClerkTable;
  rewards_benefit: BenefitTable;
  rewards_benefit_text: BenefitTextTable;
  rewards_share: ShareTable;
  rewards_budget: BudgetTable;
  rewards_top_up: TopUpTable;
  rewards_resident: ResidentTable;
  rewards_quota: QuotaTable;
  rewards_redemption: RedemptionTable;
  rewards_effect: EffectTable;
  rewards_voucher: VoucherTable;
  rewards_verification: VerificationTable;
  rewards_gift: GiftTable;
  rewards_assistance: AssistanceTable;
  rewards_settings: SettingsTable;
  rewards_try: TryTable;
}
