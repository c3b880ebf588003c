import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import * as rewards from '@ddp/contracts/rewards/routes';
import { personAs } from '@ddp/testing/principals';
import { mapConcurrently } from '../bench/concurrently.ts';
import { findBroken } from '../demo/run-audit.ts';
import { openSoldHouse } from '../faults/sold-house.ts';

/**
 * `npm run soak -- two-tills [rounds]`: the code of a voucher is shown at two tills of its shop within
 * fifty milliseconds, at another shop before and at the same one again afterwards; then codes that were
 * photographed, given back or are over, and clocks that go wrong by half a minute. Each voucher is used
 * once or not at all, and every other answer is the one that it has to be; exit code 1 where not.
 */
const rounds = Number(process.argv[2] ?? 1_000);
if (!(Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= 100_000)) {
  process.stderr.write('npm run soak -- two-tills [rounds]\n');
  process.exit(2);
}
/** Of the kinds that move the clock of the house, each in its turn. */
const roundsOfKind = Math.min(50, rounds);
const atOnce = 4;
const apartMs = 50;

const { house, stop, vouchersEach } = await openSoldHouse({ DATABASE_POOL_SIZE: '16' });
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

type Counter = Awaited<ReturnType<typeof house.openCounter>>;
interface Bought {
  id: string;
  resident: PersonPrincipal;
  /** What the screen of its holder shows now. */
  code: string;
}

/** How often each answer was given, by what was tried. */
const told: Record<string, Record<string, number>> = {};
const note = (kind: string, answer: string) => {
  told[kind] = { ...told[kind], [answer]: (told[kind]?.[answer] ?? 0) + 1 };
};

/** Every till has a clerk of its own, so that wrong codes of other rounds lock nobody out. */
const tillOf = ({ clerk: { merchantId } }: Counter) => personAs('merchant-clerk', { merchantId });

/** `used`, or the reason why not. */
const present = (code: string, counter: Counter): Promise<string> =>
  house.call(rewards.verifyVoucher, { body: { code } }, tillOf(counter)).then(
    () => 'used',
    (error: { slug?: string }) => error.slug ?? String(error),
  );

async function showCode(voucherId: string, resident: PersonPrincipal): Promise<string> {
  const params = { id: voucherId };
  return (await house.call(rewards.readVoucher, { params }, resident)).code ?? '';
}

async function buy({ benefitId }: Counter, resident: PersonPrincipal): Promise<Bought> {
  const asked = await house.call(rewards.requestRedemption, { body: { benefitId } }, resident);
  const params = { id: asked.id };
  for (;;) {
    const { voucherId, failure } = await house.call(rewards.readRedemption, { params }, resident);
    if (failure !== null) throw new Error(`a redemption failed: ${failure}`);
    if (voucherId) return { id: asked.id, resident, code: await showCode(voucherId, resident) };
    await sleep(50);
  }
}

async function runAtTwoTills(counter: Counter, other: Counter, resident: PersonPrincipal) {
  const { code } = await buy(counter, resident);
  note('another shop', await present(code, other));
  const pause = Math.random() * apartMs;
  const answers = await Promise.all([
    present(code, counter),
    sleep(pause).then(() => present(code, counter)),
  ]);
  note('two tills', answers.sort().join(' '));
  note('again', await present(code, counter));
}

const second = 1_000;
const stepMs = 30 * second;
/** Codes change every half minute: what is measured from here is not cut by it. */
const beginStep = () => {
  const next = Math.ceil(house.clock.now().getTime() / stepMs) * stepMs;
  house.clock.setTo(new Date(next + second));
};
const day = 86_400_000;
/** What is done to a voucher after its code was seen, and how the shop has to answer then. */
const kinds: Record<string, { answer: string; meet: (bought: Bought) => Promise<void> }> = {
  'thirty-one seconds old': {
    answer: 'used',
    meet: async () => house.clock.advanceMs(31 * second),
  },
  'photographed long ago': {
    answer: 'voucher-invalid',
    meet: async () => house.clock.advanceMs(95 * second),
  },
  'the clock half a minute late': {
    answer: 'used',
    meet: async () => house.clock.advanceMs(-30 * second),
  },
  'given back': {
    answer: 'voucher-cancelled',
    meet: async ({ id, resident }) => {
      await house.call(rewards.cancelRedemption, { params: { id } }, resident);
    },
  },
};

try {
  const counter = await house.openCounter(0, rounds + 5 * roundsOfKind);
  const other = await house.openCounter(1, 10);
  const people = await mapConcurrently(
    [...Array(Math.ceil((rounds + 5 * roundsOfKind) / (vouchersEach - 1))).keys()],
    atOnce,
    () => house.newResident(),
  );
  let bought = 0;
  const nextPerson = () => {
    const person = people[bought % people.length];
    bought += 1;
    if (!person) throw new Error('nobody buys');
    return person;
  };
  await mapConcurrently([...Array(rounds).keys()], atOnce, () =>
    runAtTwoTills(counter, other, nextPerson()),
  );
  for (const [kind, { answer, meet }] of Object.entries(kinds)) {
    for (let round = 0; round < roundsOfKind; round += 1) {
      beginStep();
      const one = await buy(counter, nextPerson());
      await meet(one);
      const given = await present(one.code, counter);
      note(kind, given === answer ? 'right' : given);
    }
  }
  const last = await Promise.all(
    Array.from({ length: Math.min(5, roundsOfKind) }, () => buy(counter, nextPerson())),
  );
  house.clock.advanceMs(32 * day);
  for (const { code } of last) note('over', await present(code, counter));
  const broken = findBroken(house.context.environment as NodeJS.ProcessEnv, ['rewards', 'points']);
  print({ rounds, told, broken });
  const expected = {
    'another shop': { 'voucher-invalid': rounds },
    'two tills': { 'used voucher-used': rounds },
    again: { 'voucher-used': rounds },
    ...Object.fromEntries(Object.keys(kinds).map((kind) => [kind, { right: roundsOfKind }])),
  };
  const isRight = Object.entries(expected).every(
    ([kind, answers]) => JSON.stringify(told[kind]) === JSON.stringify(answers),
  );
  const isOver = Object.keys(told.over ?? {}).every((answer) => answer !== 'used');
  process.exitCode = isRight && isOver && broken.length === 0 ? 0 : 1;
} finally {
  await stop();
}
