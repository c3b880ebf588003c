import { redemptionRequested } from '@ddp/contracts/rewards/events';
import type { ServiceStore } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { defineGroupConsumer } from '@ddp/queue-kit/consumer';
import { type Delivery, handleAllOnce } from '@ddp/queue-kit/inbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onceEach, openQueueStore, readEffects } from './queue-fixture.ts';
import { run } from './store-fixture.ts';

let store: ServiceStore<object>;
beforeEach(async () => {
  store = await openQueueStore('rewards');
});
afterEach(() => store?.db.destroy());

const newDelivery = (): Delivery => ({
  eventId: newId(),
  eventName: redemptionRequested.name,
  producer: 'rewards',
  payload: { redemptionId: newId() },
  requestId: 'request-1',
});

class AwayError extends Error {}

/** A consumer whose effects are rows, and the sizes of the groups that it met. */
function openConsumer(meet: (group: readonly Delivery[]) => void = () => undefined) {
  const sizes: number[] = [];
  const consumer = defineGroupConsumer(
    redemptionRequested,
    async (deliveries) => {
      sizes.push(deliveries.length);
      await handleAllOnce(store, deliveries, async (tx, fresh) => {
        for (const { eventId } of fresh) {
          await run(tx, 'INSERT INTO kit_effect (event_id) VALUES (?)', eventId);
        }
        meet(fresh);
      });
    },
    (error) => error instanceof AwayError,
  );
  return { handle: consumer.handle, sizes };
}

describe('a consumer of groups', () => {
  it('handles together what came while it was at work, each once', async () => {
    const { handle, sizes } = openConsumer();
    const deliveries = Array.from({ length: 30 }, newDelivery);
    await Promise.all([...deliveries, ...deliveries].map(handle));
    expect(sizes.length).toBeLessThan(5);
    expect(await readEffects(store.db)).toEqual(onceEach(deliveries.map((one) => one.eventId)));
  });

  it('takes turns with another process on the same deliveries', async () => {
    const consumers = [openConsumer(), openConsumer(), openConsumer()];
    const deliveries = Array.from({ length: 20 }, newDelivery);
    await Promise.all(
      consumers.flatMap(({ handle }, turn) =>
        (turn % 2 === 0 ? deliveries : deliveries.toReversed()).map(handle),
      ),
    );
    expect(await readEffects(store.db)).toEqual(onceEach(deliveries.map((one) => one.eventId)));
  });

  it('fails the one that is bad and none of its neighbours', async () => {
    const deliveries = Array.from({ length: 5 }, newDelivery);
    const bad = deliveries[2]?.eventId;
    const { handle } = openConsumer((group) => {
      if (group.some(({ eventId }) => eventId === bad)) throw new Error('this one is bad');
    });
    const outcomes = await Promise.allSettled(deliveries.map(handle));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    ]);
    const good = deliveries.map(({ eventId }) => eventId).filter((id) => id !== bad);
    expect(await readEffects(store.db)).toEqual(onceEach(good));
  });

  it('fails all, and asks nobody again at once, where what all need is away', async () => {
    const { handle, sizes } = openConsumer(() => {
      throw new AwayError('away');
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, newDelivery).map(handle));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9);
    expect(await readEffects(store.db)).toEqual({});
  });

  it('refuses a payload that does not fit, alone', async () => {
    const { handle } = openConsumer();
    const wrong = { ...newDelivery(), payload: { redemptionId: 'none' } };
    const right = newDelivery();
    const [first, second] = await Promise.allSettled([handle(wrong), handle(right)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { name: 'PayloadError' } });
    expect(second?.status).toBe('fulfilled');
    expect(await readEffects(store.db)).toEqual(onceEach([right.eventId]));
  });
});
