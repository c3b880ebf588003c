import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import { selectHead } from './store/block-rows.ts';

/** The last block of the ledger: its number, 0 before the first, and its hash in hexadecimal. */
export async function readHead(
  db: SqlRunner,
  ledger: Ledger,
): Promise<{ seq: number; hash: string }> {
  const { seq, hash } = await selectHead(db, tablesOf(ledger.prefix));
  return { seq, hash: hash.toString('hex') };
}
