import type { CommandTables } from '@ddp/db-kit/command-tables';
import type { QueueTables } from '@ddp/queue-kit/queue-tables';

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
  /** Month in Asia/Shanghai, `YYYY-MM`. */
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
}

/** Wrong codes of a voucher or an operator within a window. */
interface TryTable {
  kind: string;
  subject_id: Buffer;
  used: number;
  window_ends_at: Date;
}

export interface RewardsDatabase extends CommandTables<'rewards'>, QueueTables<'rewards'> {
  rewards_programme: ProgrammeTable;
  rewards_merchant: MerchantTable;
  rewards_benefit: BenefitTable;
  rewards_resident: ResidentTable;
  rewards_quota: QuotaTable;
  rewards_redemption: RedemptionTable;
  rewards_effect: EffectTable;
  rewards_voucher: VoucherTable;
  rewards_verification: VerificationTable;
  rewards_try: TryTable;
}
