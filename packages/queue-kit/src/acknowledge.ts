export interface AcknowledgerOptions {
  delayMs: number;
  send: (producer: string, done: string[], dead: string[]) => Promise<void>;
  onError: (error: unknown) => void;
}

interface Batch {
  done: string[];
  dead: string[];
}

/**
 * Tells producers, in batches, which of their events had their effect. A lost acknowledgement costs
 * one more delivery, which the inbox refuses and which is then acknowledged again.
 */
export function createAcknowledger(options: AcknowledgerOptions) {
  let batches = new Map<string, Batch>();
  let timer: NodeJS.Timeout | undefined;

  let sent: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    timer = undefined;
    sent = sent.then(sendAll);
    return sent;
  }

  async function sendAll(): Promise<void> {
    const sending = batches;
    batches = new Map();
    for (const [producer, batch] of sending) {
      await options.send(producer, batch.done, batch.dead).catch(options.onError);
    }
  }

  return {
    acknowledge(producer: string, eventId: string, state: 'done' | 'dead'): void {
      const batch = batches.get(producer) ?? { done: [], dead: [] };
      batch[state].push(eventId);
      batches.set(producer, batch);
      timer ??= setTimeout(() => void flush(), options.delayMs);
    },
    async stop(): Promise<void> {
      clearTimeout(timer);
      await flush();
    },
  };
}
