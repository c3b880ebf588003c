import { orderStates } from '@ddp/contracts/volunteering/menu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMinutes,
  decideOrderMove,
  endOfService,
  mayBeWanted,
  measuredMinutes,
  type OrderMove,
} from './order.ts';

const allMoves: OrderMove[] = [
  ...(['take', 'give-back', 'arrive', 'finish', 'confirm', 'object', 'cancel', 'decide'] as const),
  ...(['refuse', 'pass'] as const),
];
const now = new Date('2026-11-10T02:00:00.000Z');

describe('an order', () => {
  it('comes to an end whatever happens, and stays there', () => {
    const ended = ['confirmed', 'refused', 'unconfirmed', 'cancelled', 'expired', 'missed'];
    for (const state of orderStates) {
      const next = allMoves.map((move) => decideOrderMove(state, move)).filter((to) => to);
      expect([state, next.length === 0]).toEqual([state, ended.includes(state)]);
    }
  });

  it('is confirmed only after somebody came', () => {
    const moves = fc.array(fc.constantFrom(...allMoves), { maxLength: 30 });
    fc.assert(
      fc.property(moves, (taken) => {
        let state: (typeof orderStates)[number] = 'placed';
        let came = false;
        for (const move of taken) {
          const next = decideOrderMove(state, move);
          if (next === null) continue;
          state = next;
          came ||= state === 'arrived';
        }
        expect(state === 'confirmed' && !came).toBe(false);
      }),
    );
  });

  it('asks for a time in the future that is long enough', () => {
    const from = addMinutes(now, 60);
    const wanted = (minutes: number) => ({ from, until: addMinutes(from, minutes) });
    expect(mayBeWanted(wanted(60), 60, now)).toBe(true);
    expect(mayBeWanted(wanted(59), 60, now)).toBe(false);
    expect(mayBeWanted(wanted(7 * 1_440 + 1), 60, now)).toBe(false);
    expect(mayBeWanted(wanted(60), 60, from)).toBe(false);
    expect(mayBeWanted(wanted(60), 60, addMinutes(from, -30 * 1_440 - 1))).toBe(false);
  });

  it('is taken for a time within what was asked for', () => {
    const wanted = { from: addMinutes(now, 60), until: addMinutes(now, 180) };
    const at = (minutes: number) => endOfService(addMinutes(now, minutes), wanted, 60, now);
    expect(at(60)).toEqual(addMinutes(now, 120));
    expect(at(120)).toEqual(addMinutes(now, 180));
    expect([at(59), at(121)]).toEqual([null, null]);
    expect(endOfService(addMinutes(now, 60), wanted, 60, addMinutes(now, 60))).toBeNull();
  });

  it('counts whole minutes, no more than twice the plan', () => {
    const served = (seconds: number) =>
      measuredMinutes(now, new Date(now.getTime() + seconds * 1_000), 60);
    expect([served(-5), served(59), served(60), served(3_599)]).toEqual([0, 0, 1, 59]);
    expect([served(7_200), served(90_000)]).toEqual([120, 120]);
  });
});
