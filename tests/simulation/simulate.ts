import { createRandom, type Random } from '@ddp/testing/random';
import { accountOf, createLedgerWorld, type LedgerWorld } from './ledger-world.ts';
import { createPeopleWorld, type PeopleWorld } from './people-world.ts';
import { productRules, type Rules } from './rules.ts';
import { createTrace, insist, type Trace, Violation } from './trace.ts';
import { cents, createWorkload, people, type Wish } from './workload.ts';

export interface SimulationResult {
  seed: number;
  /** What must not happen and did; null for a run without fault. */
  violation: string | null;
  steps: number;
  traceHash: string;
  /** How many wishes were answered. */
  answered: number;
}

/** Servers, the network between them and their clients, and the committed state they share. */
interface World {
  random: Random;
  trace: Trace;
  ledger: LedgerWorld;
  people: PeopleWorld;
  now: Date;
  /** Requests on their way; they arrive in any order, twice or never. */
  network: Wish[];
  /** What waits at each server for its next commit. */
  queues: Wish[][];
  wishes: Wish[];
  answers: Map<string, string>;
  isFaulty: boolean;
  draw(now: Date): Wish;
}

const stepsOfTrouble = 150;
const mostSteps = 5_000;

/** One run of engine and points; everything in it follows from the seed. */
export function simulate(seed: number, rules: Rules = productRules): SimulationResult {
  const world = createWorld(seed, rules);
  let violation: string | null = null;
  try {
    for (let step = 0; step < stepsOfTrouble; step += 1) takeStep(world);
    world.isFaulty = false;
    for (let step = 0; isUnanswered(world); step += 1) {
      insist(step < mostSteps, 'a wish was never answered');
      takeStep(world);
    }
    sweep(world);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error.message;
  }
  const { trace, answers } = world;
  const traceHash = trace.hash();
  return { seed, violation, steps: trace.steps(), traceHash, answered: answers.size };
}

function createWorld(seed: number, rules: Rules): World {
  const random = createRandom(seed);
  const trace = createTrace();
  const names = { people, issued: 'issued', spent: 'spent', expired: 'expired' };
  const floor = 'debits-may-not-exceed-credits';
  const ledger = createLedgerWorld(
    rules,
    [
      ...cents.map(([id, limitKind]) => accountOf(id, 'cents', limitKind)),
      ...people.map((id) => accountOf(id, 'points', floor)),
      accountOf(names.issued, 'points', 'none'),
      ...[names.spent, names.expired].map((id) => accountOf(id, 'points', floor)),
    ],
    trace,
  );
  return {
    ...{
      random,
      trace,
      ledger,
      people: createPeopleWorld(rules, ledger, names, { random, trace }),
    },
    ...{ now: new Date(Date.UTC(2026, 10, 24)), network: [], queues: [[], []], wishes: [] },
    ...{ answers: new Map(), isFaulty: true, draw: createWorkload(random) },
  };
}

function isUnanswered({ wishes, answers }: World): boolean {
  return wishes.some(({ key }) => !answers.has(key));
}

function takeStep(world: World): void {
  const { random, isFaulty } = world;
  const chance = random.between(1, 100);
  passTime(world);
  if (chance <= 25 && isFaulty) ask(world);
  else if (chance <= 40) askAgain(world);
  else if (chance <= 65) deliver(world);
  else if (chance <= 90) commit(world);
  else if (chance <= 94) sweep(world);
  else if (chance <= 95) world.ledger.close('shut', world.now);
  else if (isFaulty) crash(world);
}

/** The clock stands still, ticks, or leaps; now and then it goes back a little. */
function passTime(world: World): void {
  const { random } = world;
  const leap = random.between(1, 100);
  const ms =
    leap <= 5
      ? random.between(1, 60) * 86_400_000
      : leap <= 8
        ? -random.between(1, 500)
        : random.between(0, 300);
  world.now = new Date(world.now.getTime() + ms);
}

function ask(world: World): void {
  const wish = world.draw(world.now);
  world.wishes.push(wish);
  send(world, wish);
}

/** Whoever has no answer asks again, by the same key; the first request may still be on its way. */
function askAgain(world: World): void {
  const open = world.wishes.filter(({ key }) => !world.answers.has(key));
  if (open.length > 0) send(world, world.random.pick(open));
}

function send(world: World, wish: Wish): void {
  const { random, network, isFaulty } = world;
  if (isFaulty && random.percent(15)) return;
  network.push(wish);
  if (isFaulty && random.percent(15)) network.push(wish);
}

function deliver(world: World): void {
  const { random, network, queues } = world;
  if (network.length === 0) return;
  const [wish] = network.splice(random.between(0, network.length - 1), 1);
  if (wish) random.pick(queues).push(wish);
}

/** A server commits what waits there, cut anywhere; it may die before or after the commit. */
function commit(world: World): void {
  const { random, queues, isFaulty } = world;
  const queue = random.pick(queues);
  if (queue.length === 0) return;
  const taken = queue.splice(0, random.between(1, queue.length));
  const fate = isFaulty ? random.between(1, 100) : 100;
  if (fate <= 6) {
    queue.length = 0;
    return;
  }
  const outcomes = carryOut(world, taken);
  if (fate <= 12) {
    queue.length = 0;
    return;
  }
  for (const [wish, outcome] of outcomes) {
    if (!isFaulty || !random.percent(12)) hear(world, wish, outcome);
  }
}

/** Chains share one block; each command is a transaction of its own. */
function carryOut(world: World, wishes: readonly Wish[]): [Wish, string][] {
  const { ledger, people: points, now } = world;
  const chained = wishes.flatMap((wish) => (wish.kind === 'chain' ? [wish] : []));
  const verdicts = ledger.apply(
    chained.map(({ chain }) => chain),
    now,
  );
  const outcomes = chained.map((wish, index): [Wish, string] => [wish, verdicts[index] ?? '']);
  for (const wish of wishes) {
    if (wish.kind === 'command') outcomes.push([wish, points.run(wish.key, wish.command, now)]);
  }
  return outcomes;
}

/** What a client is told stays true: what was written is there, and is told again as the same. */
function hear({ answers, trace, ledger }: World, wish: Wish, outcome: string): void {
  trace.record('heard', wish.key, outcome);
  const before = answers.get(wish.key);
  answers.set(wish.key, before ?? outcome);
  if (wish.kind === 'command') {
    insist(before === undefined || before === outcome, `${wish.key} got two answers`);
    return;
  }
  const isWritten = outcome === 'ok' || outcome === 'exists';
  const isThere = wish.chain.every(({ id }) => ledger.has(id));
  insist(!isWritten || isThere, `${wish.key} was told of a transfer that is not there`);
  const wasWritten = before === 'ok' || before === 'exists';
  insist(!wasWritten || outcome === 'exists', `${wish.key} was written and then ${outcome}`);
}

function sweep({ ledger, people: points, now }: World): void {
  const due = ledger.dueHolds('cents', now).map(({ id }) => id);
  const fields = { code: 0, reference: null };
  const verdicts = ledger.apply(
    due.map((id) => [{ kind: 'expire-pending', id: `x-${id}`, pendingId: id, ...fields }]),
    now,
  );
  insist(
    verdicts.every((verdict) => verdict === 'ok'),
    'a hold that is over did not expire',
  );
  points.sweep(now);
}

/** A server dies with all that waits there, and another takes its place. */
function crash({ random, queues }: World): void {
  random.pick(queues).length = 0;
}
