/** Every waiting time of the transport in milliseconds, at the scale the process runs with. */
export interface QueueIntervals {
  relayPollMs: number;
  relayLeaseMs: number;
  handOverMs: number;
  reconcileMs: number;
  republishAfterMs: number;
  epochCheckMs: number;
  lockMs: number;
  stalledMs: number;
  retryDelayMs: number;
  ackDelayMs: number;
}

const defaults: QueueIntervals = {
  relayPollMs: 500,
  relayLeaseMs: 30_000,
  handOverMs: 5_000,
  reconcileMs: 20_000,
  republishAfterMs: 60_000,
  epochCheckMs: 5_000,
  lockMs: 30_000,
  stalledMs: 30_000,
  retryDelayMs: 1_000,
  ackDelayMs: 20,
};

/** The defaults times a scale between 0 (not included) and 1; tests run at 0.05. */
export function scaleIntervals(scale: number): QueueIntervals {
  const scaled = (ms: number, floorMs: number) => Math.max(floorMs, Math.round(ms * scale));
  return {
    relayPollMs: scaled(defaults.relayPollMs, 50),
    relayLeaseMs: scaled(defaults.relayLeaseMs, 1_500),
    handOverMs: scaled(defaults.handOverMs, 1_000),
    reconcileMs: scaled(defaults.reconcileMs, 500),
    republishAfterMs: scaled(defaults.republishAfterMs, 2_000),
    epochCheckMs: scaled(defaults.epochCheckMs, 250),
    lockMs: scaled(defaults.lockMs, 1_500),
    stalledMs: scaled(defaults.stalledMs, 1_500),
    retryDelayMs: scaled(defaults.retryDelayMs, 100),
    ackDelayMs: defaults.ackDelayMs,
  };
}
