import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import type { Delivery } from './inbox.ts';

/** What a service does about one event of another service or of its own. */
export interface Consumer {
  event: EventDefinition;
  handle: (delivery: Delivery) => Promise<void>;
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
  return {
    event,
    async handle(delivery) {
      const payload = event.payload.safeParse(delivery.payload);
      if (!payload.success) throw new PayloadError(event.name, payload.error);
      await handle({ ...delivery, payload: payload.data as PayloadOf<E> });
    },
  };
}

/** Work on rows whose deadline has passed, found by query; the schedule is only the wake-up. */
export interface Sweep {
  name: string;
  everyMs: number;
  run: () => Promise<void>;
}
