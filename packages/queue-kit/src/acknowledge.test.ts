import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAcknowledger } from './acknowledge.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(fault?: Error) {
  const sent: [string, string[], string[]][] = [];
  const faults: unknown[] = [];
  const acknowledger = createAcknowledger({
    delayMs: 20,
    send: async (producer, done, dead) => {
      sent.push([producer, done, dead]);
      if (fault && producer === 'ratings') throw fault;
    },
    onError: (error) => faults.push(error),
  });
  return { ...acknowledger, sent, faults };
}

describe('acknowledgements', () => {
  it('go out together, one message for each producer, a moment after the first', async () => {
    const { acknowledge, sent } = open();
    acknowledge('ratings', 'a', 'done');
    acknowledge('rewards', 'b', 'dead');
    acknowledge('ratings', 'c', 'dead');
    acknowledge('ratings', 'd', 'done');
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(sent).toEqual([
      ['ratings', ['a', 'd'], ['c']],
      ['rewards', [], ['b']],
    ]);
    acknowledge('ratings', 'e', 'done');
    await vi.advanceTimersByTimeAsync(20);
    expect(sent.at(-1)).toEqual(['ratings', ['e'], []]);
  });

  it('that cannot be sent to one producer are told of and keep no other', async () => {
    const fault = new Error('Redis is away');
    const { acknowledge, sent, faults } = open(fault);
    acknowledge('ratings', 'a', 'done');
    acknowledge('rewards', 'b', 'done');
    await vi.advanceTimersByTimeAsync(20);
    expect(sent.map(([producer]) => producer)).toEqual(['ratings', 'rewards']);
    expect(faults).toEqual([fault]);
  });

  it('that are being sent when the service stops are waited for', async () => {
    let arrive: () => void = () => undefined;
    const arrived: string[] = [];
    const acknowledger = createAcknowledger({
      delayMs: 20,
      async send(producer) {
        await new Promise<void>((resolve) => {
          arrive = resolve;
        });
        arrived.push(producer);
      },
      onError: () => undefined,
    });
    acknowledger.acknowledge('ratings', 'a', 'done');
    await vi.advanceTimersByTimeAsync(20);
    let isStopped = false;
    const stopping = acknowledger.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(20);
    expect(isStopped).toBe(false);
    arrive();
    await stopping;
    expect(arrived).toEqual(['ratings']);
  });

  it('that still wait go out when the service stops, once', async () => {
    const { acknowledge, stop, sent } = open();
    acknowledge('ratings', 'a', 'done');
    await stop();
    await vi.advanceTimersByTimeAsync(100);
    expect(sent).toEqual([['ratings', ['a'], []]]);
  });
});
