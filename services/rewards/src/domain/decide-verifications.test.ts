import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CounterDecision,
  type CounterState,
  type CounterVoucher,
  decideVerifications,
  type NamedCode,
} from './decide-verifications.ts';
import { limitsOfTry, tryKey } from './try-limits.ts';

const now = new Date('2026-11-30T02:00:00.000Z');
const voucher = (id: string, more: Partial<CounterVoucher> = {}): CounterVoucher => ({
  ...{ id, merchantId: 'm', state: 'issued', expiresAt: new Date('2026-12-30T16:00:00.000Z') },
  ...{ usedStep: null, isUndone: false, undoMinutes: 10 },
  ...more,
});
const vouchers = new Map(
  [
    ...[voucher('v1'), voucher('v2'), voucher('back', { isUndone: true, usedStep: 4 })],
    ...[voucher('old', { expiresAt: now }), voucher('gone', { state: 'cancelled' })],
  ].map((one) => [one.id, one]),
);
type State = CounterState<CounterVoucher>;

/** A code is `<voucher> <step>`, and wrong without a step. */
const stateOf = (of: Pick<State, 'kept' | 'tries'>, present = vouchers): State => ({
  ...{ now, ...of },
  findVoucher: ({ code }) => present.get(code.split(' ')[0] ?? '') ?? null,
  match: ({ state, usedStep }, code) => {
    const step = Number(code.split(' ')[1] ?? 0);
    if (step === 0) return { kind: 'wrong' };
    const isStale = state !== 'used' && usedStep !== null && step <= usedStep;
    return isStale ? { kind: 'stale' } : { kind: 'right', step, isPrinted: false };
  },
});
const empty = stateOf({ kept: new Map(), tries: new Map() });
const command = (code: string, key: string, personId = 'clerk'): NamedCode => ({
  ...{ name: key, hash: Buffer.from(`${code} ${personId}`) },
  draft: { id: key, code, operator: { personId, role: 'merchant-clerk', merchantId: 'm' } },
});
const told = (decision: CounterDecision<CounterVoucher>) =>
  decision.status === 'refused' ? decision.refusal : decision.status;
const decide = (...commands: NamedCode[]) =>
  decideVerifications(empty, commands).decisions.map(told);

test('a voucher is used by the first of its codes, and the others are told so', () => {
  expect(decide(command('v1 5', '1'), command('v1 5', '2', 'other'), command('v2 5', '3'))).toEqual(
    [...['used', 'voucher-used', 'used']],
  );
});

test('a repeat in one batch is the same use, and another code under its key is refused', () => {
  const { decisions } = decideVerifications(empty, [command('v1 5', '1'), command('v1 5', '1')]);
  expect(decisions[1]).toBe(decisions[0]);
  expect(decide(command('v1 5', '1'), command('v2 5', '1'))).toEqual(['used', 'key-reused']);
});

test('a use after an undone one is the second, final, and needs a later code', () => {
  const { decisions } = decideVerifications(empty, [
    command('back 4', '1'),
    command('back 5', '2'),
  ]);
  expect(decisions.map(told)).toEqual(['voucher-invalid', 'used']);
  expect(decisions[1]).toMatchObject({ use: { attempt: 2, undoMinutes: 0 } });
});

test('the sixth wrong code for a voucher is not looked at, nor a right one after it', () => {
  const wrong = Array.from({ length: 6 }, (_one, index) =>
    command('v1', String(index), `c${index}`),
  );
  const { decisions, counted } = decideVerifications(empty, [...wrong, command('v1 5', '7', 'c7')]);
  expect(decisions.map(told)).toEqual([
    ...Array(5).fill('wrong'),
    ...['too-many-tries', 'too-many-tries'],
  ]);
  expect(decisions[6]).toMatchObject({ retryAfterSeconds: 3_601 });
  expect(counted.get('voucher v1')?.used).toBe(5);
});

test('an hour that is over counts anew', () => {
  const tries = new Map([['operator clerk', { used: 20, endsAt: now }]]);
  const state = stateOf({ kept: new Map(), tries });
  const { decisions, counted } = decideVerifications(state, [command('none', '1')]);
  expect(decisions.map(told)).toEqual(['wrong']);
  expect(counted.get('operator clerk')?.used).toBe(1);
});

test('codes together get the verdicts and the counts that they get one by one', () => {
  const drawn = fc.record({
    code: fc.constantFrom('v1', 'v1 5', 'v1 6', 'v2 5', 'v2', 'back 4', 'back 6', 'old 5', 'x'),
    personId: fc.constantFrom('clerk', 'other'),
    key: fc.nat(40),
  });
  const property = fc.property(fc.array(drawn, { maxLength: 40 }), (all) => {
    const commands = all.map(({ code, personId, key }) => command(code, String(key), personId));
    const present = new Map(vouchers);
    const kept = new Map<string, { hash: Buffer; answer: unknown }>();
    const tries = new Map<string, { used: number; endsAt: Date }>();
    const oneByOne = commands.map((one) => {
      const state = stateOf({ kept, tries }, present);
      const { decisions, counted } = decideVerifications(state, [one]);
      for (const [key, count] of counted) tries.set(key, count);
      const [decision] = decisions;
      if (decision?.status === 'answered') return decision.answer;
      if (decision?.status === 'used') {
        const { id } = decision.use.voucher;
        const used = { state: 'used' as const, usedStep: decision.use.step };
        present.set(id, { ...decision.use.voucher, ...used });
      }
      const isKept = decision?.status === 'used' || decision?.status === 'wrong';
      if (isKept) kept.set(one.name, { hash: one.hash, answer: told(decision) });
      return decision && told(decision);
    });
    const together = decideVerifications(empty, commands);
    expect(together.decisions.map(told)).toEqual(oneByOne);
    expect(together.counted).toEqual(tries);
    for (const limit of limitsOfTry('clerk', 'v1')) {
      expect(together.counted.get(tryKey(limit))?.used ?? 0).toBeLessThanOrEqual(limit.max);
    }
  });
  fc.assert(property, { numRuns: 100 });
});
