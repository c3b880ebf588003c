import { setTimeout as sleep } from 'node:timers/promises';

/** Looks every 20 ms until something is there; throws after a minute. */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const endsAt = performance.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > endsAt) throw new Error(`${what} did not come within a minute`);
    await sleep(20);
  }
}
