import type { HouseClient } from '@ddp/contracts/house-client';
import {
  acceptFollowUp,
  contactRater,
  extendFollowUp,
  listFollowUps,
  readFollowUp,
  resolveFollowUp,
} from '@ddp/contracts/ratings/follow-up-routes';
import { listMyRatings, submitRating } from '@ddp/contracts/ratings/routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { type FaultHouse, openFaultHouse } from '@ddp/infra/faults/fault-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { insist } from '@ddp/infra/faults/shop';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const obstacle = findObstacle();
const key = () => crypto.randomUUID();

let house: FaultHouse;
let resident: HouseClient;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

async function newToken(): Promise<string> {
  const step = async <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const code = await issueWorkerCode({ house, officer: house.officer, areaCode, step });
  return code.url.split('/').at(-1) ?? '';
}

/** Sends commands, kills ratings while they stand before a table, and sends them again. */
async function killWithin<T>(table: string, send: () => Promise<T>, count = 1): Promise<T> {
  const victim = house.topology.processes.get('ratings');
  if (!victim) throw new Error('no process ratings');
  const frozen = await house.freeze(table);
  const started = send().catch(() => undefined);
  await frozen.caught(count);
  await victim.kill9();
  await frozen.thaw();
  await victim.restart();
  await started;
  return insist(send);
}

/** Tables that a bad rating writes, in any order. */
const written = [
  'ratings_idempotency',
  'ratings_rating',
  'ratings_counter',
  'ratings_pool',
  'ratings_signal',
  'ratings_follow_up',
  'ratings_follow_up_step',
  'ratings_outbox',
] as const;

const commands = [
  ['accepted', acceptFollowUp, undefined],
  ['contacted', contactRater, { way: 'phone', words: '已电话说明情况' }],
  ['extended', extendFollowUp, { reason: '配件要等厂家发货' }],
  ['resolved', resolveFollowUp, { outcome: 'fixed', words: '已修好并回访' }],
] as const;

interface Case {
  params: { id: string };
  /** Which of the commands comes next. */
  stage: number;
  requestKey: string;
}

function takeStep({ params, stage, requestKey }: Case): Promise<unknown> {
  const [, route, body] = commands[stage] ?? commands[0];
  const input = { params, ...(body ? { body } : {}) };
  return house.officer.call(route, input as never, requestKey);
}

/** A follow-up whose earlier steps are taken. */
async function openCase(stage: number): Promise<Case> {
  const body = { token: await newToken(), level: 2 };
  const { subjectId } = await insist(() => resident.call(submitRating, { body }, key()));
  const query = { subjectId };
  const { items } = await insist(() => house.officer.call(listFollowUps, { query }));
  const params = { id: items[0]?.id ?? '' };
  for (let before = 0; before < stage; before += 1) {
    await takeStep({ params, stage: before, requestKey: key() });
  }
  return { params, stage, requestKey: key() };
}

describe('a process killed within one transaction', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    if (obstacle !== null) return;
    // Nothing here waits for a sweep, and nine idle processes that look often slow each start.
    house = await openFaultHouse('split', 0.3);
    resident = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
  });
  afterAll(() => house?.stop());

  it.each(written)(
    'a bad rating, before %s: it is there once with its follow-up',
    async (table) => {
      const body = { token: await newToken(), level: 1 };
      const requestKey = key();
      const { id } = await killWithin(table, () =>
        resident.call(submitRating, { body }, requestKey),
      );
      const { items } = await insist(() => resident.call(listMyRatings, {}));
      expect(items.filter((rating) => rating.id === id)).toHaveLength(1);
    },
  );

  it.each(['ratings_follow_up', 'ratings_follow_up_step', 'ratings_audit'])(
    'each step of a follow-up, before %s: it is in the history once',
    async (table) => {
      const cases: Case[] = [];
      for (const stage of commands.keys()) cases.push(await openCase(stage));
      await killWithin(table, () => Promise.all(cases.map(takeStep)), cases.length);
      for (const { stage, params } of cases) {
        const { steps } = await insist(() => house.officer.call(readFollowUp, { params }));
        const taken = commands.slice(0, stage + 1).map(([step]) => step);
        expect(steps.map(({ step }) => step)).toEqual(['opened', ...taken]);
      }
    },
  );

  it('leaves nothing for the audit to find', async () => {
    expect(await house.audit()).toEqual([]);
  });
});
