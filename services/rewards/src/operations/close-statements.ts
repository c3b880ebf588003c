import type { RewardsDeps } from '../deps.ts';
import { closeSilent, listUnposted, markPosted } from '../store/statements.ts';
import { postToLedger } from './draw-statement.ts';
import { paymentOf } from './statement-transfers.ts';

const batchSize = 50;

/** Closes statements that nobody disputed in time, and tells the ledger of payments. */
export async function closeStatements(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  await closeSilent(store.db, store.clock);
  for (const statement of await listUnposted(store.db, store.clock, batchSize)) {
    const statementId = statement.id;
    await postToLedger(deps, statement, paymentOf(statement), `payment-${statementId}`)
      .then(() => markPosted(store.db, statementId))
      .catch((error: unknown) => {
        log.error({ err: error, statementId }, 'a payment could not be posted');
      });
  }
}
