import { createAccounts, postTransfers, readAccount } from '@ddp/contracts/points/routes';
import type { RouteInput } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { checkLinearizability, type Operation } from '@ddp/testing/linearizability';
import { createHarness } from '@ddp/testing/module-harness';
import { serviceAs } from '@ddp/testing/principals';
import { createRandom, type Random } from '@ddp/testing/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pointsModule } from '../src/module.ts';
import { type BalanceInput, type BalanceOutput, balanceModel } from './balance-model.ts';

type Harness = Awaited<ReturnType<typeof createHarness>>;
type NewTransfer = RouteInput<typeof postTransfers>['body']['transfers'][number];
type Balance = Operation<BalanceInput, BalanceOutput>;

const histories = 100;
const clients = 8;
const operationsEach = 25;
const atOnce = 4;

const rewards = serviceAs('rewards');
/** Two services on one database, as two processes of one install are. */
let instances: Harness[];
beforeAll(async () => {
  const first = await createHarness({ modules: [pointsModule] });
  const { prefix } = first;
  const environment = {
    DATABASE_PREFIX: prefix,
    REDIS_PREFIX: prefix.replaceAll('_', '-'),
  };
  instances = [first, await createHarness({ modules: [pointsModule], environment })];
});
afterAll(async () => {
  for (const instance of instances ?? []) await instance.stop();
});

const instanceOf = (n: number): Harness => {
  const instance = instances[n % instances.length];
  if (!instance) throw new Error('no instance is at work');
  return instance;
};

async function openAccounts(): Promise<{ bank: string; account: string }> {
  const [bank, account] = [newId(), newId()];
  const terms = { unit: 'cents' as const, code: 4_001 };
  const accounts = [
    { id: bank, ...terms, limit: 'none' as const },
    { id: account, ...terms, limit: 'debits-may-not-exceed-credits' as const },
  ];
  await instanceOf(0).call(createAccounts, { body: { accounts } }, rewards);
  return { bank, account };
}

/** What clients did to one account, in the order in which it began and ended. */
async function recordHistory(random: Random): Promise<Balance[]> {
  const { bank, account } = await openAccounts();
  const history: Balance[] = [];
  const stragglers: Promise<unknown>[] = [];
  const holds: { id: string; amount: number }[] = [];
  let tick = 0;

  async function send(instance: number, input: BalanceInput, id: string): Promise<string> {
    const { call } = instanceOf(instance);
    if (input.kind === 'read') {
      const seen = await call(readAccount, { params: { id: account } }, rewards);
      return `${seen.creditsPosted}:${seen.debitsPosted}:${seen.debitsPending}`;
    }
    const transfers = [toTransfer(input, { id, bank, account, holds })];
    const { results } = await call(postTransfers, { body: { transfers } }, rewards);
    return results[0]?.problem ?? results[0]?.status ?? 'nothing';
  }

  /** The reply may get lost on its way; whoever asks again does so elsewhere, by the same id. */
  async function attempt(instance: number, input: BalanceInput): Promise<string | null> {
    const id = input.kind === 'hold' ? (holds[input.hold]?.id ?? '') : newId();
    const first = send(instance, input, id);
    if (!random.percent(5)) return first;
    stragglers.push(first);
    if (input.kind === 'read' || random.percent(40)) return null;
    const second = await send(instance + 1, input, id);
    // A refusal is not kept: the attempt that is still under way may yet succeed.
    return second === 'created' || second === 'exists' ? second : null;
  }

  async function work(client: number): Promise<void> {
    for (let count = 0; count < operationsEach; count += 1) {
      const input = drawInput(random, holds);
      if (input.kind === 'hold') holds.push({ id: newId(), amount: input.amount });
      tick += 1;
      const invokedAt = tick;
      const output = await attempt(client, input);
      tick += 1;
      const returnedAt = output === null ? Number.POSITIVE_INFINITY : tick;
      history.push({ input, output, invokedAt, returnedAt });
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  await Promise.all(stragglers);
  tick += 2;
  const output = await send(0, { kind: 'read' }, newId());
  history.push({ input: { kind: 'read' }, output, invokedAt: tick - 1, returnedAt: tick });
  return history;
}

function drawInput(random: Random, holds: readonly { amount: number }[]): BalanceInput {
  const amount = random.between(1, 9);
  const chance = random.between(1, 100);
  if (chance <= 30) return { kind: 'read' };
  if (chance <= 50) return { kind: 'deposit', amount };
  if (chance <= 70) return { kind: 'withdraw', amount };
  if (chance <= 85 || holds.length === 0) return { kind: 'hold', hold: holds.length, amount };
  const hold = random.between(Math.max(0, holds.length - 6), holds.length - 1);
  const held = holds[hold]?.amount ?? 0;
  return { kind: random.percent(60) ? 'post-hold' : 'void-hold', hold, amount: held };
}

function toTransfer(
  input: Exclude<BalanceInput, { kind: 'read' }>,
  names: { id: string; bank: string; account: string; holds: readonly { id: string }[] },
): NewTransfer {
  const { id, bank, account, holds } = names;
  const pendingId = 'hold' in input ? (holds[input.hold]?.id ?? '') : '';
  const out = { debitAccountId: account, creditAccountId: bank };
  const fields = { id, code: 1, unit: 'cents' as const };
  switch (input.kind) {
    case 'deposit':
      return { ...fields, debitAccountId: bank, creditAccountId: account, amount: input.amount };
    case 'withdraw':
      return { ...fields, ...out, amount: input.amount };
    case 'hold': {
      const expiresAt = '2099-01-01T00:00:00.000Z';
      return { ...fields, ...out, kind: 'pending', amount: input.amount, expiresAt };
    }
    case 'post-hold':
      return { kind: 'post-pending', id, code: 1, pendingId };
    case 'void-hold':
      return { kind: 'void-pending', id, code: 1, pendingId };
  }
}

/** The history with one read that saw something else, as a fault of the ledger would show. */
function corrupt(history: readonly Balance[], random: Random): Balance[] {
  const reads = history.flatMap(({ input, output }, place) =>
    input.kind === 'read' && output !== null ? [place] : [],
  );
  const place = random.pick(reads);
  return history.map((one, at) => {
    if (at !== place) return one;
    const [credits = 0, ...rest] = (one.output ?? '').split(':').map(Number);
    return { ...one, output: [credits + 1_000_000, ...rest].join(':') };
  });
}

describe('one balance', () => {
  it(`is linearizable in ${histories} histories of ${clients * operationsEach} operations`, async () => {
    const random = createRandom(20_261_124);
    let [unknown, refused] = [0, 0];
    for (let begun = 0; begun < histories; begun += atOnce) {
      const seeds = Array.from({ length: atOnce }, () => random.between(1, 2 ** 31));
      const recorded = await Promise.all(seeds.map((seed) => recordHistory(createRandom(seed))));
      for (const [index, history] of recorded.entries()) {
        const found = checkLinearizability(history, balanceModel);
        expect({ seed: seeds[index], ...found }).toMatchObject({ isLinearizable: true });
        if (index === 0) {
          const broken = checkLinearizability(corrupt(history, random), balanceModel);
          expect(broken.isLinearizable).toBe(false);
        }
        unknown += history.filter(({ output }) => output === null).length;
        refused += history.filter(({ output }) => /^(exceeds|hold-)/.test(output ?? '')).length;
      }
    }
    // Without what is unknown and what is refused the histories would show little.
    expect(unknown).toBeGreaterThan(histories);
    expect(refused).toBeGreaterThan(histories);
  }, 180_000);
});
