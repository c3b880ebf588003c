import { appendAnchor } from '@ddp/ledger/anchor-file';
import { readHead } from '@ddp/ledger/read-head';
import type { PointsDeps } from '../deps.ts';

/**
 * Keeps the head of the ledger outside the database, so that a ledger which was cut or written anew
 * can be told from the one that was. Does nothing where no file is set, and nothing for an empty
 * ledger.
 */
export async function anchorHead({ store, ledger, clock, anchorFile }: PointsDeps): Promise<void> {
  if (anchorFile === null) return;
  const { seq, hash } = await readHead(store.db, ledger);
  if (seq === 0) return;
  await appendAnchor(anchorFile, { seq, hash, time: clock.now().toISOString() });
}
