import { redemptionStates } from '@ddp/contracts/rewards/schemas';
import { expect, it } from 'vitest';
import {
  eventOfState,
  hasStock,
  isLive,
  isReleased,
  liveStates,
  noticeOfRelease,
  releasedStates,
} from './redemption-state.ts';

it('a state is live, verified or released, and never two of them', () => {
  for (const state of redemptionStates) {
    const kinds = [isLive(state), isReleased(state), state === 'verified'];
    expect(kinds.filter(Boolean), state).toHaveLength(1);
  }
});

it('stock is set aside from the reservation until the end', () => {
  expect(redemptionStates.filter(hasStock)).toEqual(['reserved', 'issued']);
});

it('every state but issued has a next step that can be told again', () => {
  expect(redemptionStates.filter((state) => eventOfState(state) === null)).toEqual(['issued']);
  for (const state of releasedStates) {
    expect(eventOfState(state)?.name).toBe('rewards.redemption-released');
  }
});

it('the end of a redemption is told in words that fit', () => {
  for (const from of liveStates) {
    expect(noticeOfRelease(from, 'cancelled')).toBe('redemption-cancelled');
    expect(noticeOfRelease(from, 'failed')).toBe('redemption-failed');
  }
  expect(noticeOfRelease('issued', 'expired')).toBe('voucher-expired');
  expect(noticeOfRelease('held', 'expired')).toBe('redemption-failed');
});
