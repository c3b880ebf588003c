import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import type { Allocation, BenefitState } from '@ddp/contracts/rewards/benefits';
import type { Redemption } from '@ddp/contracts/rewards/schemas';
import { isOpen } from './benefit-state.ts';
import { type BudgetLeft, covers, type ShareLeft } from './plan-reservations.ts';
import { type PersonLimits, periodsOf, quotaKey } from './quota-periods.ts';

/** A redemption that is asked for. */
export interface RequestDraft {
  id: string;
  programmeId: string;
  /** Who redeems, whoever sends it. */
  personId: string;
  benefitId: string;
  merchantId: string | null;
  /** Whether a piece is set aside for it, so that neither turn nor stock nor budget is looked at. */
  isSetAside: boolean;
}

export interface NamedRequest {
  /** Actor and key, by which a repeat is known. */
  name: string;
  hash: Buffer;
  draft: RequestDraft;
}

/** A benefit as far as a request asks about it. */
export interface Offer extends PersonLimits {
  programmeId: string;
  title: string;
  state: BenefitState;
  allocation: Allocation;
  opensAt: Date | null;
  closesAt: Date | null;
  pricePoints: number;
  minimumStanding: number;
  validDays: number;
  areaPath: string;
  budgetId: string | null;
  unitValueCents: number;
  textVersion: number;
  shares: readonly ShareLeft[];
}

/** What a batch of requests stands on, read in its transaction. */
export interface RequestState {
  now: Date;
  kept: ReadonlyMap<string, { hash: Buffer; answer: unknown }>;
  /** People who left. */
  left: ReadonlySet<string>;
  offers: ReadonlyMap<string, Offer>;
  budgets: ReadonlyMap<string, BudgetLeft>;
  /** Benefits that somebody waits for. */
  awaited: ReadonlySet<string>;
  /** Requests that stock is not decided for yet, by benefit; where much is left they are not counted. */
  undecided: ReadonlyMap<string, number>;
  /** Places that are taken, by `quotaKey`. */
  places: ReadonlyMap<string, number>;
}

export type RequestRefusal =
  | 'not-found'
  | 'not-published'
  | 'by-draw'
  | 'unknown-merchant'
  | 'merchant-paused'
  | 'sold-out'
  | 'budget-exhausted'
  | 'limit-reached';

/** A redemption with the terms that its benefit has when it is asked for. */
export interface AcceptedRequest extends RequestDraft {
  pricePoints: number;
  minimumStanding: number;
  validDays: number;
  areaPath: string;
  budgetId: string | null;
  unitValueCents: number;
  textVersion: number;
  quotaMonth: string;
  quotaPeriods: string[];
}

export type RequestDecision =
  | { status: 'accepted'; redemption: AcceptedRequest; view: Redemption }
  | { status: 'repeated'; view: Redemption }
  | { status: 'key-reused' }
  | { status: 'refused'; refusal: RequestRefusal };

/** Some who ask have too few points, so that more may ask than pieces are left. */
const askersAPiece = 2;
const moreAskers = 20;
/** With more left than this no crowd is looked for. */
const fewPieces = 500;

/** How many may be undecided at the most before a benefit counts as sold out; null for any number. */
export function mostUndecided({ shares }: Pick<Offer, 'shares'>): number | null {
  const left = shares.reduce((sum, { available }) => sum + available, 0);
  return left > fewPieces ? null : left * askersAPiece + moreAskers;
}

/**
 * Decides requests in the order they came, each on the places that those before it left. Stock and
 * budget are only looked at: they are set aside later, and decided then. Of a crowd that asks for the
 * last pieces only as many are let through as may have a chance.
 */
export function decideRequests(
  state: RequestState,
  commands: readonly NamedRequest[],
): RequestDecision[] {
  const kept = new Map(state.kept);
  const places = new Map(state.places);
  const undecided = new Map(state.undecided);
  return commands.map(({ name, hash, draft }) => {
    const before = kept.get(name);
    if (before) {
      if (!before.hash.equals(hash)) return { status: 'key-reused' };
      return { status: 'repeated', view: before.answer as Redemption };
    }
    const decision = decideRequest({ ...state, places, undecided }, draft);
    if (decision.status !== 'accepted') return decision;
    const { redemption, view } = decision;
    kept.set(name, { hash, answer: view });
    if (!draft.isSetAside) {
      undecided.set(draft.benefitId, (undecided.get(draft.benefitId) ?? 0) + 1);
    }
    for (const period of redemption.quotaPeriods) {
      const key = quotaKey(redemption, period);
      places.set(key, (places.get(key) ?? 0) + 1);
    }
    return decision;
  });
}

function decideRequest(
  state: RequestState,
  draft: RequestDraft,
): Extract<RequestDecision, { status: 'accepted' | 'refused' }> {
  const { now, left, offers, places } = state;
  const refuse = (refusal: RequestRefusal) => ({ status: 'refused', refusal }) as const;
  const offer = offers.get(draft.benefitId);
  if (left.has(draft.personId) || offer?.programmeId !== draft.programmeId) {
    return refuse('not-found');
  }
  if (!isOpen(offer, now)) return refuse('not-published');
  const refusal = draft.isSetAside ? null : findOfferRefusal(state, offer, draft);
  if (refusal !== null) return refuse(refusal);
  const today = civilDateOf(now);
  const periods = periodsOf(offer, today);
  if (periods.some((one) => (places.get(quotaKey(draft, one.period)) ?? 0) >= one.limit)) {
    return refuse('limit-reached');
  }
  const { pricePoints, minimumStanding, validDays, areaPath } = offer;
  const { budgetId, unitValueCents, textVersion } = offer;
  const redemption: AcceptedRequest = {
    ...draft,
    ...{ pricePoints, minimumStanding, validDays, areaPath },
    ...{ budgetId, unitValueCents, textVersion },
    quotaMonth: monthOf(today),
    quotaPeriods: periods.map(({ period }) => period),
  };
  return { status: 'accepted', redemption, view: toView(redemption, offer.title, now) };
}

/** What is drawn by lot, or comes back to those who wait, nobody takes in the ordinary way. */
function findOfferRefusal(
  { awaited, budgets, undecided }: RequestState,
  offer: Offer,
  { benefitId, merchantId }: RequestDraft,
): RequestRefusal | null {
  if (offer.allocation === 'draw') return 'by-draw';
  if (awaited.has(benefitId)) return 'sold-out';
  const refusal = findStockRefusal(offer, merchantId);
  if (refusal !== null) return refusal;
  const most = mostUndecided(offer);
  if (most !== null && (undecided.get(benefitId) ?? 0) >= most) return 'sold-out';
  return hasBudget(offer, budgets) ? null : 'budget-exhausted';
}

/** Stock at the merchant that was chosen, or at any that takes redemptions. */
function findStockRefusal({ shares }: Offer, merchantId: string | null): RequestRefusal | null {
  const eligible = merchantId ? shares.filter((one) => one.merchantId === merchantId) : shares;
  if (eligible.length === 0) return 'unknown-merchant';
  const open = eligible.filter((share) => share.merchantState === 'active');
  if (open.length === 0) return 'merchant-paused';
  return open.every((share) => share.available < 1) ? 'sold-out' : null;
}

function hasBudget(
  { budgetId, pricePoints, unitValueCents }: Offer,
  budgets: RequestState['budgets'],
): boolean {
  if (budgetId === null) return true;
  const budget = budgets.get(budgetId);
  return budget !== undefined && covers(budget, { points: pricePoints, cents: unitValueCents });
}

/** What the person is told. */
function toView(
  { id, benefitId, pricePoints }: AcceptedRequest,
  benefitTitle: string,
  now: Date,
): Redemption {
  return {
    ...{ id, benefitId, benefitTitle, pricePoints, state: 'requested' },
    ...{ failure: null, failureText: null, requestedAt: now.toISOString() },
    ...{ voucherId: null, isGiven: false, isAssisted: false },
  };
}
