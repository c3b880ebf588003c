import type { EventDefinition } from '@ddp/contracts/event';
import type { redemptionSteps } from '@ddp/contracts/rewards/courses';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import type { RedemptionState } from '@ddp/contracts/rewards/schemas';

/** States in which it can still be given up. */
export const liveStates = ['requested', 'held', 'reserved', 'issued'] as const;
export type LiveState = (typeof liveStates)[number];
/** States in which everything it took is given back. */
export const releasedStates = ['cancelled', 'expired', 'failed'] as const;
export type ReleasedState = (typeof releasedStates)[number];

/**
 * Each step happens once for a redemption. A verification may be `undone`, and the voucher then be
 * `reverified`; `final` says that none is undone any more. `voided` and `posted` settle the hold.
 */
export type Step = (typeof redemptionSteps)[number];

export function isLive(state: RedemptionState): state is LiveState {
  return (liveStates as readonly string[]).includes(state);
}

/** Whether jobs still bring it on, so that its person waits. */
export function isUnderWay(state: RedemptionState): boolean {
  return isLive(state) && state !== 'issued';
}

export function isReleased(state: RedemptionState): state is ReleasedState {
  return (releasedStates as readonly string[]).includes(state);
}

/** Whether a piece of the stock is set aside for it. */
export function hasStock(state: RedemptionState): boolean {
  return state === 'reserved' || state === 'issued';
}

/** What is told again when a redemption has stood still in a state; null where nobody is to act. */
export function eventOfState(
  state: RedemptionState,
): EventDefinition<typeof redemptionRequested.payload> | null {
  switch (state) {
    case 'requested':
      return redemptionRequested;
    case 'held':
      return redemptionHeld;
    case 'reserved':
      return redemptionReserved;
    case 'issued':
      return null;
    case 'verified':
      return voucherVerified;
    case 'cancelled':
    case 'expired':
    case 'failed':
      return redemptionReleased;
  }
}

/** The message about its end; the one who never had a voucher is told that it failed. */
export function noticeOfRelease(from: LiveState, to: ReleasedState) {
  if (to === 'cancelled') return 'redemption-cancelled';
  return to === 'expired' && from === 'issued' ? 'voucher-expired' : 'redemption-failed';
}
