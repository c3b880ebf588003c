import type { Role } from '@ddp/contracts/permission';
import { addTry, type CountedTries, limitsOfTry, type Tries, waitOfTries } from './try-limits.ts';

/** Who stands at the counter, and of which shop. */
export interface Operator {
  personId: string;
  role: Role;
  merchantId: string;
}

/** A code that is to use its voucher. */
export interface CodeDraft {
  /** Of the verification it becomes. */
  id: string;
  operator: Operator;
  code: string;
}

export interface NamedCode {
  /** Actor and key, by which a repeat is known. */
  name: string;
  hash: Buffer;
  draft: CodeDraft;
}

/** What a code says of the voucher it names: `stale` was right once and is no guess. */
export type CodeMatch =
  | { kind: 'right'; step: number; isPrinted: boolean }
  | { kind: 'stale' }
  | { kind: 'wrong' };

/** A voucher as the counter finds it. */
export interface CounterVoucher {
  id: string;
  merchantId: string;
  state: 'issued' | 'used' | 'cancelled' | 'expired';
  expiresAt: Date;
  usedStep: number | null;
  /** Whether a use of it was undone: the next one is final. */
  isUndone: boolean;
  undoMinutes: number;
}

/** What a batch of verifications stands on, read in its transaction under the locks of its vouchers. */
export interface CounterState<V extends CounterVoucher> {
  now: Date;
  kept: ReadonlyMap<string, { hash: Buffer; answer: unknown }>;
  tries: CountedTries;
  /** The voucher that the merchant of an operator has under the number of a code. */
  findVoucher: (draft: CodeDraft) => V | null;
  match: (voucher: V, code: string) => CodeMatch;
}

export type CounterRefusal =
  | 'too-many-tries'
  | 'voucher-invalid'
  | 'voucher-used'
  | 'voucher-expired'
  | 'voucher-cancelled';

/** A voucher that is used up. */
export interface Use<V> {
  draft: CodeDraft;
  voucher: V;
  step: number;
  isPrinted: boolean;
  /** One, and two after the first was undone. */
  attempt: number;
  undoMinutes: number;
}

export type CounterDecision<V> =
  | { status: 'used'; use: Use<V> }
  /** Refused too, but counted and kept. */
  | { status: 'wrong' }
  /** It was answered before this batch. */
  | { status: 'answered'; answer: unknown }
  | { status: 'key-reused' }
  | { status: 'refused'; refusal: CounterRefusal; retryAfterSeconds?: number };

/** Why a voucher is not good any more, as the counter is told it. Null while it is good. */
export function findRefusal(
  { state, expiresAt }: Pick<CounterVoucher, 'state' | 'expiresAt'>,
  now: Date,
): Exclude<CounterRefusal, 'too-many-tries' | 'voucher-invalid'> | null {
  switch (state) {
    case 'issued':
      return expiresAt <= now ? 'voucher-expired' : null;
    case 'expired':
    case 'cancelled':
    case 'used':
      return `voucher-${state}`;
  }
}

/**
 * Decides codes in the order they came, each on the vouchers that those before it used and on the
 * tries that they took. Tells the counts that changed, too.
 */
export function decideVerifications<V extends CounterVoucher>(
  state: CounterState<V>,
  commands: readonly NamedCode[],
): { decisions: CounterDecision<V>[]; counted: Map<string, Tries> } {
  const mine = new Map<string, { hash: Buffer; decision: CounterDecision<V> }>();
  const used = new Map<string, V>();
  const tries = new Map(state.tries);
  const counted = new Map<string, Tries>();
  const decisions = commands.map(({ name, hash, draft }): CounterDecision<V> => {
    const before = state.kept.get(name) ?? mine.get(name);
    if (before) {
      if (!before.hash.equals(hash)) return { status: 'key-reused' };
      return 'answer' in before ? { status: 'answered', answer: before.answer } : before.decision;
    }
    const found = state.findVoucher(draft);
    const voucher = found && (used.get(found.id) ?? found);
    const decision = decideCode({ ...state, tries }, draft, voucher);
    if (decision.status === 'used') {
      const { step } = decision.use;
      used.set(decision.use.voucher.id, { ...decision.use.voucher, state: 'used', usedStep: step });
    }
    if (decision.status === 'wrong') {
      const limits = limitsOfTry(draft.operator.personId, voucher?.id ?? null);
      for (const [key, one] of addTry(limits, tries, state.now)) {
        tries.set(key, one);
        counted.set(key, one);
      }
    }
    if (decision.status !== 'refused') mine.set(name, { hash, decision });
    return decision;
  });
  return { decisions, counted };
}

function decideCode<V extends CounterVoucher>(
  { now, tries, match }: CounterState<V>,
  draft: CodeDraft,
  voucher: V | null,
): Exclude<CounterDecision<V>, { status: 'answered' | 'key-reused' }> {
  const { operator, code } = draft;
  const refuse = (refusal: CounterRefusal) => ({ status: 'refused', refusal }) as const;
  const limits = limitsOfTry(operator.personId, voucher?.id ?? null);
  const retryAfterSeconds = waitOfTries(limits, tries, now);
  if (retryAfterSeconds !== null) return { ...refuse('too-many-tries'), retryAfterSeconds };
  const found = voucher ? match(voucher, code) : null;
  if (voucher === null || found === null || found.kind === 'wrong') return { status: 'wrong' };
  if (found.kind === 'stale') return refuse('voucher-invalid');
  const refusal = findRefusal(voucher, now);
  if (refusal !== null) return refuse(refusal);
  const { step, isPrinted } = found;
  // At most one use of a voucher is undone: the second is final.
  const { isUndone } = voucher;
  const attempt = isUndone ? 2 : 1;
  const undoMinutes = isUndone ? 0 : voucher.undoMinutes;
  return { status: 'used', use: { draft, voucher, step, isPrinted, attempt, undoMinutes } };
}
