import { listNames } from '@ddp/contracts/identity/people-routes';
import { ask } from '@ddp/web-ui/api/ask';

const mostAtOnce = 100;

type Settle = { resolve: (name: string | null) => void; reject: (error: unknown) => void };
let waiting = new Map<string, Settle[]>();

async function askFor(batch: Map<string, Settle[]>): Promise<void> {
  try {
    const { items } = await ask(listNames, { body: { personIds: [...batch.keys()] } });
    for (const { personId, maskedName } of items) {
      for (const { resolve } of batch.get(personId) ?? []) resolve(maskedName);
    }
  } catch (error) {
    for (const { reject } of [...batch.values()].flat()) reject(error);
  }
}

/** Names that a page wants in the same moment are one question. */
export function readName(personId: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (waiting.size === 0) {
      queueMicrotask(() => {
        const batch = [...waiting];
        waiting = new Map();
        for (let from = 0; from < batch.length; from += mostAtOnce) {
          void askFor(new Map(batch.slice(from, from + mostAtOnce)));
        }
      });
    }
    waiting.set(personId, [...(waiting.get(personId) ?? []), { resolve, reject }]);
  });
}
