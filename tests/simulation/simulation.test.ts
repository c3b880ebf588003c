import { describe, expect, it } from 'vitest';
import { loadMutant, mutations } from './mutants.ts';
import type { Rules } from './rules.ts';
import { type SimulationResult, simulate } from './simulate.ts';

const seeds = 1_000;
const seedsForMutants = 300;

function findViolation(rules: Rules): SimulationResult | null {
  for (let seed = 1; seed <= seedsForMutants; seed += 1) {
    const run = simulate(seed, rules);
    if (run.violation !== null) return run;
  }
  return null;
}

describe('the simulation', () => {
  it(`finds nothing wrong with engine and points in ${seeds} seeds`, () => {
    let answered = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { violation, ...run } = simulate(seed);
      expect({ ...run, violation }).toEqual({ ...run, violation: null });
      answered += run.answered;
    }
    expect(answered).toBeGreaterThan(seeds * 20);
  }, 120_000);

  it('runs the same way again from the same seed, and another way from another', () => {
    const runs = [1, 2, 3].map((seed) => simulate(seed));
    expect([1, 2, 3].map((seed) => simulate(seed))).toEqual(runs);
    expect(new Set(runs.map(({ traceHash }) => traceHash)).size).toBe(3);
  });

  it.each(mutations)(
    'fails without $guard, and again from the seed it names',
    async (mutation) => {
      const rules = await loadMutant(mutation);
      const found = findViolation(rules);
      expect(found).not.toBeNull();
      const seed = found?.seed ?? 0;
      expect(simulate(seed, rules)).toEqual(found);
      // The seed is not to blame: with the guard it passes.
      expect(simulate(seed).violation).toBeNull();
    },
    60_000,
  );

  it('takes no guard for removed that is not there', async () => {
    const [first] = mutations;
    if (!first) throw new Error('there are no mutations');
    await expect(loadMutant({ ...first, from: 'nothing like this' })).rejects.toThrow(/0 times/);
  });
});
