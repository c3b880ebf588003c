import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import type { Delivery } from './inbox.ts';

/** What a service does about one event of another service or of its own. */
export interface Consumer {
  event: EventDefinition;
  handle: (delivery: Delivery) => Promise<void>;
}

/** Binds an event to its handler; the payload is checked before the handler sees it. */
export function defineConsumer<E extends EventDefinition>(
  event: E,
  handle: (delivery: Delivery<PayloadOf<E>>) => Promise<void>,
): Consumer {
  return {
    event,
    handle: (delivery) =>
      handle({ ...delivery, payload: event.payload.parse(delivery.payload) as PayloadOf<E> }),
  };
}

/** Work on rows whose deadline has passed, found by query; the schedule is only the wake-up. */
export interface Sweep {
  name: string;
  everyMs: number;
  run: () => Promise<void>;
}
