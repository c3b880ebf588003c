interface SettlementRunTable {
  id: Buffer;
  programme_id: Buffer;
  month: string;
  state: string;
  cursor_id: Buffer | null;
  statements: number;
  /** When it is gone on with; null once it is done. */
  next_at: Date | null;
  started_by: Buffer | null;
  started_at: Date;
  done_at: Date | null;
}

interface StatementTable {
  id: Buffer;
  run_id: Buffer;
  programme_id: Buffer;
  merchant_id: Buffer;
  month: string;
  statement_number: string;
  /** `collecting` its lines, `summed` with sums that stay, and then as the contract has it. */
  state: string;
  cursor_at: Date | null;
  cursor_id: Buffer | null;
  vouchers: number;
  corrections: number;
  correction_cents: number;
  donated_points: number;
  donated_cents: number;
  subsidised_points: number;
  subsidised_cents: number;
  fund_points: number;
  fund_cents: number;
  ceiling_cents: number | null;
  carried_in_cents: number;
  due_cents: number;
  carried_out_cents: number;
  head_seq: number | null;
  head_hash: string | null;
  drawn_at: Date | null;
  dispute_until: Date | null;
  confirmed_at: Date | null;
  paid_at: Date | null;
  paid_by: Buffer | null;
  payment_reference: string | null;
  /** When its payment is to be written to the ledger; null where nothing is. */
  post_at: Date | null;
}

interface StatementLineTable {
  id: Buffer;
  statement_id: Buffer;
  merchant_id: Buffer;
  verification_id: Buffer;
  kind: string;
  voucher_id: Buffer;
  /** The hold in the ledger has this id too. */
  redemption_id: Buffer;
  benefit_title: string;
  shop_name: string | null;
  verified_by: string;
  verified_at: Date;
  points: number;
  cents: number;
  payer: string;
  sponsor: string | null;
}

interface DisputeTable {
  id: Buffer;
  line_id: Buffer;
  statement_id: Buffer;
  merchant_id: Buffer;
  reason: string;
  words: string;
  state: string;
  raised_by: Buffer;
  raised_at: Date;
  due_at: Date | null;
  answer: string | null;
  answered_by: Buffer | null;
  answered_at: Date | null;
  decision: string | null;
  decided_by: Buffer | null;
  decided_at: Date | null;
  correction_cents: number | null;
}

export interface SettlementTables {
  rewards_settlement_run: SettlementRunTable;
  rewards_statement: StatementTable;
  rewards_statement_line: StatementLineTable;
  rewards_dispute: DisputeTable;
}
