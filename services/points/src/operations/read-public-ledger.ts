import type { readPublicLedger as route } from '@ddp/contracts/points/routes';
import type { RouteAnswer, RouteRequest } from '@ddp/contracts/route';
import { exportPublicLedger } from '@ddp/ledger/export-public-ledger';
import type { PointsDeps } from '../deps.ts';

/** Some blocks of the ledger as anybody may have them, read as fast as they are taken. */
export async function readPublicLedger(
  { store, ledger }: PointsDeps,
  { query }: RouteRequest<typeof route>,
): Promise<RouteAnswer<typeof route>> {
  const chunks = exportPublicLedger(store.db, ledger.prefix, query);
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return();
    },
  });
}
