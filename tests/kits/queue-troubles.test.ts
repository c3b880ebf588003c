import type { ServiceStore } from '@ddp/db-kit/command';
import type { Sweep } from '@ddp/queue-kit/consumer';
import { jobOptions } from '@ddp/queue-kit/job';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Install, intervals, openInstall, openQueueStore } from './queue-fixture.ts';

let install: Install;
let ratings: ServiceStore<object>;
beforeEach(async () => {
  install = openInstall();
  ratings = await openQueueStore('ratings');
});
afterEach(async () => {
  await install.stop();
  await ratings.db.destroy();
});

const told = (message: string) =>
  install.logged.flatMap((one) => (one.message === message ? [one.detail] : []));

it('a sweep that fails is told of by its name each time, and goes on by its schedule', async () => {
  const fault = new Error('this sweep met a bad row');
  let rounds = 0;
  const failing: Sweep = {
    name: 'expire-things',
    everyMs: 200,
    async run() {
      rounds += 1;
      if (rounds <= 2) throw fault;
    },
  };
  await install.start(ratings, { consumers: [], sweeps: [failing] });
  await eventually(async () => rounds >= 4);
  const failure = { err: fault, sweep: 'expire-things' };
  expect(told('a sweep failed')).toEqual([failure, failure]);
});

it('an acknowledgement that cannot be taken is told of at each try', async () => {
  await install.start(ratings, { consumers: [], sweeps: [] });
  const ack = { consumer: 'points', done: ['no-id'], dead: [] };
  await install.queueOf('ratings').add('ack', ack, { ...jobOptions(intervals), attempts: 2 });
  await eventually(async () => told('an acknowledgement is retried').length === 2);
  expect(told('an acknowledgement is retried')[0]).toMatchObject({
    err: expect.any(Error),
    consumer: 'points',
  });
});
