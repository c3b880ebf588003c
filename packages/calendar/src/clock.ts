/**
 * Where a service gets the time from. `offsetMs` is how far this clock stands from the machine's;
 * the database's time for the same moment is `UTC_TIMESTAMP(3)` plus that offset.
 */
export interface Clock {
  now(): Date;
  offsetMs(): number;
}

/** The machine's own clock, the only one that a production suite may run on. */
export const systemClock: Clock = {
  now: () => new Date(),
  offsetMs: () => 0,
};

/** A clock that runs at the usual speed from another moment, and can be moved. */
export interface SimulatedClock extends Clock {
  advanceMs(ms: number): void;
  setTo(instant: Date): void;
}

/**
 * A clock that starts at `startAt` and goes on from there. It keeps running between moves, as the
 * database's time does, so that both stay the same distance apart.
 */
export function createSimulatedClock(
  startAt: Date,
  machineNow: () => number = Date.now,
): SimulatedClock {
  let offsetMs = startAt.getTime() - machineNow();
  return {
    now: () => new Date(machineNow() + offsetMs),
    offsetMs: () => offsetMs,
    advanceMs(ms) {
      offsetMs += ms;
    },
    setTo(instant) {
      offsetMs = instant.getTime() - machineNow();
    },
  };
}
