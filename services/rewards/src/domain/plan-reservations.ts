import type { MerchantState } from '@ddp/contracts/rewards/merchants';

/** What one redemption wants of stock and budget. */
export interface Wish {
  id: string;
  benefitId: string;
  /** The merchant that was chosen; null for any that takes redemptions. */
  merchantId: string | null;
  budgetId: string | null;
  points: number;
  cents: number;
}

/** What is left of a budget; null where it has no limit. */
export interface BudgetLeft {
  isOpen: boolean;
  points: number | null;
  cents: number | null;
}

/** The stock of a benefit at one merchant. */
export interface ShareLeft {
  benefitId: string;
  merchantId: string;
  merchantState: MerchantState;
  available: number;
}

export type Reservation =
  | { merchantId: string; failure: null }
  | { merchantId: null; failure: 'sold-out' | 'budget-exhausted' | 'merchant-paused' };

/**
 * Who gets a piece, in the order of the wishes, each what the ones before it left: at the merchant
 * that was chosen, else at the one with most stock that takes redemptions. Stock and budget go
 * together, both or neither.
 */
export function planReservations(
  wishes: readonly Wish[],
  budgets: ReadonlyMap<string, BudgetLeft>,
  shares: readonly ShareLeft[],
): Map<string, Reservation> {
  const budgetsLeft = new Map([...budgets].map(([id, left]) => [id, { ...left }]));
  const sharesLeft = shares.map((share) => ({ ...share }));
  const decide = (wish: Wish): Reservation => {
    const budget = wish.budgetId === null ? null : budgetsLeft.get(wish.budgetId);
    if (budget === undefined || (budget !== null && !covers(budget, wish))) {
      return { merchantId: null, failure: 'budget-exhausted' };
    }
    const stocked = sharesLeft.filter((share) => hasPiece(share, wish));
    const [first, ...others] = stocked.filter((share) => share.merchantState === 'active');
    if (first === undefined) {
      return { merchantId: null, failure: stocked.length > 0 ? 'merchant-paused' : 'sold-out' };
    }
    const share = others.reduce(fuller, first);
    share.available -= 1;
    if (budget !== null) {
      if (budget.points !== null) budget.points -= wish.points;
      if (budget.cents !== null) budget.cents -= wish.cents;
    }
    return { merchantId: share.merchantId, failure: null };
  };
  return new Map(wishes.map((wish) => [wish.id, decide(wish)]));
}

/** Whether a budget is open and has what one wish takes of it. */
export function covers(
  { isOpen, points, cents }: BudgetLeft,
  wish: Pick<Wish, 'points' | 'cents'>,
): boolean {
  return isOpen && (points ?? wish.points) >= wish.points && (cents ?? wish.cents) >= wish.cents;
}

function hasPiece(share: ShareLeft, { benefitId, merchantId }: Wish): boolean {
  const isMeant = merchantId === null || share.merchantId === merchantId;
  return share.benefitId === benefitId && isMeant && share.available > 0;
}

const fuller = (a: ShareLeft, b: ShareLeft): ShareLeft =>
  b.available > a.available || (b.available === a.available && b.merchantId < a.merchantId) ? b : a;
