import { describe, expect, it } from 'vitest';
import { checkLinearizability, type Operation, type SequentialModel } from './linearizability.ts';
import { createRandom } from './random.ts';

type Input = { write: number } | 'read' | { take: number };
type Op = Operation<Input, number | string>;

/** A number that is written, read, and taken from as long as it reaches. */
const register: SequentialModel<number, Input, number | string> = {
  initial: 0,
  step(state, input, output) {
    if (input === 'read') return output === null || output === state ? state : null;
    if ('write' in input) return input.write;
    const rest = state - input.take;
    if (output === 'refused') return rest < 0 ? state : null;
    return rest >= 0 ? rest : null;
  },
  keyOf: String,
};

const write = (value: number, invokedAt: number, returnedAt: number): Op => ({
  ...{ input: { write: value }, output: 'ok', invokedAt, returnedAt },
});
const read = (output: number, invokedAt: number, returnedAt: number): Op => ({
  ...{ input: 'read', output, invokedAt, returnedAt },
});
const take = (amount: number, output: string, invokedAt: number, returnedAt: number): Op => ({
  ...{ input: { take: amount }, output, invokedAt, returnedAt },
});
const unknown = (input: Input, invokedAt: number): Op => ({
  ...{ input, output: null, invokedAt, returnedAt: Number.POSITIVE_INFINITY },
});
const verdict = (...history: Op[]) => checkLinearizability(history, register).isLinearizable;

describe('a history is accepted', () => {
  it('when it happened one after another', () => {
    expect(verdict()).toBe(true);
    expect(verdict(read(0, 1, 2), write(1, 3, 4), read(1, 5, 6))).toBe(true);
  });

  it('when what overlaps may have come in either order', () => {
    const [first, second] = [write(1, 1, 10), write(2, 2, 9)];
    expect(verdict(first, second, read(1, 11, 12))).toBe(true);
    expect(verdict(first, second, read(2, 11, 12))).toBe(true);
    expect(verdict(first, read(0, 2, 3), read(1, 4, 5))).toBe(true);
  });

  it('when an unknown outcome took effect at once, late, or never', () => {
    const lost = unknown({ write: 7 }, 1);
    expect(verdict(lost, read(7, 2, 3))).toBe(true);
    expect(verdict(lost, read(0, 2, 3), read(7, 4, 5))).toBe(true);
    expect(verdict(lost, read(0, 2, 3), read(0, 4, 5))).toBe(true);
    expect(verdict(write(5, 1, 2), unknown({ take: 5 }, 3), take(5, 'ok', 4, 5))).toBe(true);
    expect(verdict(write(5, 1, 2), unknown({ take: 5 }, 3), take(5, 'refused', 4, 5))).toBe(true);
  });
});

describe('a history is rejected', () => {
  it.each<[string, Op[]]>([
    ['a read is stale', [write(1, 1, 2), read(0, 3, 4)]],
    ['a read comes out of nothing', [write(1, 1, 2), read(2, 3, 4)]],
    ['a read knows of a later write', [read(1, 1, 2), write(1, 3, 4)]],
    ['a value goes back', [write(1, 1, 10), read(1, 2, 3), read(0, 4, 5)]],
    ['a write is lost', [write(1, 1, 2), write(2, 3, 4), read(1, 5, 6)]],
    ['two take the same', [write(5, 1, 2), take(5, 'ok', 3, 6), take(5, 'ok', 4, 7)]],
    ['one is refused what is there', [write(5, 1, 2), take(5, 'refused', 3, 4)]],
    [
      'readers see two orders',
      [...[write(1, 1, 10), write(2, 1, 10)], ...[read(1, 2, 3), read(2, 4, 5), read(1, 6, 7)]],
    ],
    [
      'an unknown outcome takes effect twice',
      [...[write(9, 1, 2), unknown({ take: 4 }, 3), read(5, 4, 5), read(1, 6, 7)]],
    ],
    [
      'an unknown outcome takes effect and is taken back',
      [...[unknown({ write: 7 }, 1), read(7, 2, 3), read(0, 4, 5)]],
    ],
    [
      'an unknown outcome takes effect before it was asked for',
      [...[read(7, 1, 2), unknown({ write: 7 }, 3)]],
    ],
  ])('when %s', (_what, history) => {
    const found = checkLinearizability(history, register);
    expect(found.isLinearizable).toBe(false);
    if (!found.isLinearizable) expect(found.stuckAt.length).toBeGreaterThan(0);
  });
});

/** Tries every order of every choice of the unknown ones. */
function tryEveryOrder(history: readonly Op[]): boolean {
  const go = (state: number, left: readonly Op[]): boolean => {
    if (left.every(({ output }) => output === null)) return true;
    return left.some((one) => {
      const others = left.filter((other) => other !== one);
      if (others.some((other) => other.returnedAt < one.invokedAt)) return false;
      const after = register.step(state, one.input, one.output);
      return after !== null && go(after, others);
    });
  };
  return go(0, history);
}

it('says of thousands of small histories what trying every order says', () => {
  const random = createRandom(7);
  const seen = { accepted: 0, rejected: 0 };
  for (let round = 0; round < 4_000; round += 1) {
    const history = Array.from({ length: random.between(1, 6) }, (): Op => {
      const invokedAt = random.between(1, 20);
      const input = random.pick<Input>(['read', { write: random.between(1, 3) }, { take: 1 }]);
      if (random.percent(15)) return unknown(input, invokedAt);
      const returnedAt = invokedAt + random.between(1, 12) + 0.5;
      const refusal = random.pick(['ok', 'refused']);
      const output = input === 'read' ? random.between(0, 3) : 'take' in input ? refusal : 'ok';
      return { input, output, invokedAt, returnedAt };
    });
    const expected = tryEveryOrder(history);
    expect(checkLinearizability(history, register).isLinearizable).toBe(expected);
    seen[expected ? 'accepted' : 'rejected'] += 1;
  }
  expect(Math.min(seen.accepted, seen.rejected)).toBeGreaterThan(500);
});
