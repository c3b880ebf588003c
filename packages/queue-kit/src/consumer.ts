import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { isDatabaseUnavailable } from '@ddp/db-kit/errors';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import type { Delivery } from './inbox.ts';

/** What a service does about one event of another service or of its own. */
export interface Consumer {
  event: EventDefinition;
  handle: (delivery: Delivery) => Promise<void>;
  /** Whether deliveries wait for one another and need no database connection each. */
  isGrouped?: boolean;
}

/** An event whose payload does not fit its schema: no other try can mend it. */
export class PayloadError extends Error {
  override name = 'PayloadError';

  constructor(eventName: string, cause: Error) {
    super(`the payload of ${eventName} does not fit: ${cause.message}`, { cause });
  }
}

/** Binds an event to its handler; the payload is checked before the handler sees it. */
export function defineConsumer<E extends EventDefinition>(
  event: E,
  handle: (delivery: Delivery<PayloadOf<E>>) => Promise<void>,
): Consumer {
  return { event, handle: async (delivery) => handle(checkPayload(event, delivery)) };
}

/** Deliveries that one transaction takes at the most. */
const mostTogether = 200;

/** A job takes some tenths of a millisecond to be ended and followed by the next. */
const endsPerTurn = 8;

/** Lets so many go on in one turn of the event loop, so that requests are served in between. */
function createPace(perTurn: number): () => Promise<void> | undefined {
  const waiting: (() => void)[] = [];
  let left = perTurn;
  const turn = () => {
    left = perTurn;
    for (const goOn of waiting.splice(0, perTurn)) {
      left -= 1;
      goOn();
    }
    if (left < perTurn) setImmediate(turn);
  };
  return () => {
    if (left === perTurn) setImmediate(turn);
    if (left > 0) {
      left -= 1;
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
}

/**
 * The same for a handler of several deliveries: those that come while it is at work are handled
 * together next. Where a group fails, each of it is handled alone once, unless `isPeerAway` tells of
 * another service that all of them need.
 */
export function defineGroupConsumer<E extends EventDefinition>(
  event: E,
  handleAll: (deliveries: Delivery<PayloadOf<E>>[]) => Promise<void>,
  isPeerAway: (error: unknown) => boolean = () => false,
): Consumer {
  const group = createCommitGroup<Delivery<PayloadOf<E>>, undefined>({
    maxSize: mostTogether,
    maxQueue: Number.POSITIVE_INFINITY,
    maxWaitMs: Number.POSITIVE_INFINITY,
    sizeOf: () => 1,
    isShared: (error) => isDatabaseUnavailable(error) || isPeerAway(error),
    async run(deliveries) {
      await handleAll(deliveries);
      return deliveries.map(() => undefined);
    },
  });
  const pace = createPace(endsPerTurn);
  return {
    event,
    isGrouped: true,
    async handle(delivery) {
      const [outcome] = await group.submit([checkPayload(event, delivery)]);
      await pace();
      if (outcome?.status === 'rejected') throw outcome.reason;
    },
  };
}

function checkPayload<E extends EventDefinition>(
  event: E,
  delivery: Delivery,
): Delivery<PayloadOf<E>> {
  const payload = event.payload.safeParse(delivery.payload);
  if (!payload.success) throw new PayloadError(event.name, payload.error);
  return { ...delivery, payload: payload.data as PayloadOf<E> };
}

/** Work on rows whose deadline has passed, found by query; the schedule is only the wake-up. */
export interface Sweep {
  name: string;
  everyMs: number;
  run: () => Promise<void>;
}
