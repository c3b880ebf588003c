import { describe, expect, it } from 'vitest';
import { createSimulatedClock, systemClock } from './clock.ts';

describe('clocks', () => {
  it('the system clock stands where the machine stands', () => {
    expect(systemClock.offsetMs()).toBe(0);
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it('a simulated clock runs on from its start, moves when told and knows its distance', () => {
    let machine = 1_000_000;
    const clock = createSimulatedClock(new Date(5_000_000), () => machine);
    expect(clock.now()).toEqual(new Date(5_000_000));
    machine += 250;
    expect(clock.now()).toEqual(new Date(5_000_250));
    clock.advanceMs(86_400_000);
    expect(clock.now()).toEqual(new Date(91_400_250));
    expect(clock.offsetMs()).toBe(clock.now().getTime() - machine);
    clock.setTo(new Date(0));
    expect(clock.now()).toEqual(new Date(0));
    expect(clock.offsetMs()).toBe(-machine);
  });
});
