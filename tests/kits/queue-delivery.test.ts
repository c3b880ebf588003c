import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import type { ServiceStore } from '@ddp/db-kit/command';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { jobOptions } from '@ddp/queue-kit/job';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import { queueInvariants } from '@ddp/queue-kit/queue-invariants';
import { outboxState, queueMigrations } from '@ddp/queue-kit/queue-tables';
import { purgeTransport } from '@ddp/queue-kit/reconcile';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  consumeBy,
  countOutbox,
  emitRatings,
  emitRedemption,
  type Install,
  intervals,
  onceEach,
  openInstall,
  openQueueStore,
  readEffects,
  readOutbox,
} from './queue-fixture.ts';
import { run } from './store-fixture.ts';

let install: Install;
let ratings: ServiceStore<object>;
let points: ServiceStore<object>;
let rewards: ServiceStore<object>;

beforeEach(async () => {
  install = openInstall();
  [ratings, points, rewards] = await Promise.all([
    openQueueStore('ratings'),
    openQueueStore('points'),
    openQueueStore('rewards'),
  ]);
  await install.start(ratings, { consumers: [], sweeps: [] });
  await install.start(points, { consumers: [consumeBy(points, ratingSubmitted)], sweeps: [] });
  await install.start(rewards, {
    consumers: [consumeBy(rewards, redemptionRequested)],
    sweeps: [],
  });
});

afterEach(async () => {
  await install.stop();
  await Promise.all([ratings, points, rewards].map(({ db }) => db.destroy()));
});

describe('an event', () => {
  it('leaves with its transaction, has its effect and is then done', async () => {
    const ids = await emitRatings(ratings, 5);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 5);
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
  });

  it('never leaves without its transaction', async () => {
    const payload = { redemptionId: newId() };
    const refused = transact(rewards.db, async (tx) => {
      await appendEvents(tx, rewards, [outgoing(redemptionRequested, payload)], 'request-1');
      rewards.onCommit();
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await readOutbox(rewards)).toEqual([]);
  });

  it('whose payload does not fit its schema takes its transaction with it', async () => {
    const payload = { redemptionId: newId(), name: 'a name' };
    const wrong = transact(rewards.db, async (tx) => {
      await run(tx, "INSERT INTO kit_effect (event_id) VALUES ('wrong')");
      await appendEvents(tx, rewards, [outgoing(redemptionRequested, payload)], 'request-1');
    });
    await expect(wrong).rejects.toThrow('name');
    expect([await readOutbox(rewards), await readEffects(rewards.db)]).toEqual([[], {}]);
  });

  it('of the service itself is done in the same transaction as its effect', async () => {
    await emitRedemption(rewards);
    await eventually(async () => Object.keys(await readEffects(rewards.db)).length === 1);
    const [row] = await readOutbox(rewards);
    expect(row?.state).toBe(outboxState.done);
    expect(await readEffects(rewards.db)).toEqual(onceEach([row?.id ?? '']));
  });

  it('delivered twenty times at once has one effect', async () => {
    const delivery = {
      eventId: newId(),
      eventName: redemptionRequested.name,
      producer: 'rewards',
      payload: { redemptionId: newId() },
      requestId: 'request-1',
    };
    const queue = install.queueOf('rewards');
    for (let n = 0; n < 20; n += 1) {
      const options = { ...jobOptions(intervals), jobId: `again-${newId()}` };
      await queue.add(delivery.eventName, delivery, options);
    }
    await eventually(async () => (await queue.getJobCounts('completed')).completed === 20);
    expect((await readEffects(rewards.db))[delivery.eventId]).toBe(1);
  });
});

describe('what must hold', () => {
  it('is broken by an event that stays behind, and by a key without its answer', async () => {
    const broken = async () => {
      const names: string[] = [];
      for (const { name, sql } of queueInvariants('ratings')) {
        if ((await run(ratings.db, sql)).length > 0) names.push(name.slice(0, 3));
      }
      return names;
    };
    await emitRatings(ratings, 1);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 1);
    expect(await broken()).toEqual([]);
    const [first] = await readOutbox(ratings);
    const age = 'created_at = created_at - INTERVAL 11 MINUTE';
    const which = "WHERE id = UNHEX(REPLACE(?, '-', ''))";
    await run(ratings.db, `UPDATE ratings_outbox SET ${age}, state = 3 ${which}`, first?.id);
    await run(
      ratings.db,
      `INSERT INTO ratings_idempotency (scope, idempotency_key, request_hash, created_at)
        VALUES ('job', ?, ?, UTC_TIMESTAMP(3))`,
      Buffer.alloc(16, 1),
      Buffer.alloc(32, 1),
    );
    expect(await broken()).toEqual(['I10']);
    await run(
      ratings.db,
      `UPDATE ratings_outbox SET state = 0, lease_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR ${which}`,
      first?.id,
    );
    expect((await broken()).sort()).toEqual(['I10', 'I11']);
  });
});

/** Moves the end of an event so many days back. */
const age = (id: string | undefined, days: number, state: number) =>
  run(
    ratings.db,
    `UPDATE ratings_outbox SET state = ?, done_at = done_at - INTERVAL ? DAY,
      created_at = created_at - INTERVAL ? DAY WHERE id = UNHEX(REPLACE(?, '-', ''))`,
    state,
    days,
    days,
    id,
  );

async function insertLetter(eventName: string, replayed: string | null): Promise<void> {
  await run(
    ratings.db,
    `INSERT INTO ratings_dead_letter VALUES (?, 'points', ?, '{}', 'no', 'request-1',
      UTC_TIMESTAMP(3) - INTERVAL 200 DAY, ${replayed})`,
    idToBinary(newId()),
    eventName,
  );
}

/** Rows of the inbox that nobody needs: so many times ten. */
async function fillInbox(tens: number): Promise<void> {
  const digits = 'SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 ';
  const ten = `(${digits} ${[4, 5, 6, 7, 8, 9].map((n) => `UNION ALL SELECT ${n}`).join(' ')})`;
  await run(
    ratings.db,
    `INSERT INTO ratings_inbox SELECT UNHEX(REPLACE(UUID(), '-', '')), 'points.old',
      UTC_TIMESTAMP(3) - INTERVAL 91 DAY
      FROM ${ten} a, ${ten} b, ${ten} c, ${ten} d, ${ten} e LIMIT ${tens * 10}`,
  );
}

const countRows = async (table: string) =>
  Number((await run(ratings.db, `SELECT COUNT(*) AS count FROM ${table}`))[0]?.count);

describe('the purge', () => {
  it('drops what was buried, and letters that had their effect, after ninety days', async () => {
    const [fresh, dead] = await emitRatings(ratings, 2);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 2);
    await age(fresh, 80, outboxState.dead);
    await age(dead, 91, outboxState.dead);
    await insertLetter('points.open', null);
    await insertLetter('points.new', 'UTC_TIMESTAMP(3) - INTERVAL 80 DAY');
    await insertLetter('points.old', 'UTC_TIMESTAMP(3) - INTERVAL 91 DAY');
    await purgeTransport(ratings);
    expect((await readOutbox(ratings)).map(({ id }) => id)).toEqual([fresh]);
    const letters = await run(ratings.db, 'SELECT event_name AS name FROM ratings_dead_letter');
    expect(letters.map(({ name }) => name).sort()).toEqual(['points.new', 'points.open']);
  });

  it('goes on until nothing is left to drop, unless the service is about to stop', async () => {
    await fillInbox(1_200);
    await purgeTransport(ratings, () => true);
    expect(await countRows('ratings_inbox')).toBe(12_000);
    await purgeTransport(ratings);
    expect(await countRows('ratings_inbox')).toBe(0);
  });

  it('finds its rows by an index, also in a schema that is older than the index', async () => {
    for (const { up } of Object.values(queueMigrations('ratings'))) await up(ratings.db);
    const keys = async (table: string) =>
      (await run(ratings.db, `SHOW INDEX FROM ${table}`)).map((row) => row.Key_name);
    expect(await keys('ratings_outbox')).toContain('ratings_outbox_done');
    expect(await keys('ratings_dead_letter')).toContain('ratings_dead_letter_replayed');
  });

  it('drops what was done a week ago and nothing that is not done, however old', async () => {
    const ids = await emitRatings(ratings, 3);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 3);
    const [old, dead] = ids;
    await age(old, 8, outboxState.done);
    await age(dead, 8, outboxState.dead);
    const before = (await readOutbox(ratings)).length;
    await purgeTransport(ratings);
    const left = (await readOutbox(ratings)).map(({ id }) => id);
    expect(left).toHaveLength(before - 1);
    expect(left).toContain(dead);
    expect(left).not.toContain(old);
  });
});
