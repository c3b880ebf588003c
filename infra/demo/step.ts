const boundMs = 120_000;

/** Runs one step of a journey, says how it went, and passes its result on. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Steps that print one JSON line each; a failing step throws after its line. */
export function createStepper(journey: string, print: (line: string) => void): Step {
  return async (name, work) => {
    const startedAt = performance.now();
    const line = (ok: boolean, more: object) =>
      print(
        JSON.stringify({
          journey,
          step: name,
          ok,
          ms: Math.round(performance.now() - startedAt),
          ...more,
        }),
      );
    try {
      const result = await work();
      line(true, {});
      return result;
    } catch (error) {
      line(false, { error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

/** Throws unless both are the same value. */
export function assertSame(seen: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }
}

/** Looks every 50 ms until the condition holds; throws after two minutes. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const endsAt = performance.now() + boundMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > endsAt) throw new Error(`${what} did not happen in time`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
