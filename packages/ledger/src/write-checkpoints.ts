import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import { selectHead } from './store/block-rows.ts';
import {
  findCheckpointedSeq,
  insertCheckpoints,
  selectDrawnAccounts,
  sumThroughBlock,
} from './store/checkpoint-rows.ts';

export interface CheckpointOptions {
  /** About so many transfers of an account lie between two of its checkpoints; 1–65,536. */
  everyTransfers?: number;
  /** Blocks that are looked through at the most. */
  mostBlocks?: number;
}

const blocksPerRead = 200;

/**
 * Notes what stood on busy accounts after some blocks, and gives the number of notes. A transfer
 * whose digest is small has both of its accounts noted: that draws a busy account often, a quiet
 * one never, and needs no count. Going on from the last note, it may be called at any time and by
 * several processes; readers are right without it, only slower.
 */
export async function writeCheckpoints(
  db: SqlRunner,
  ledger: Ledger,
  { everyTransfers = 1_024, mostBlocks = 20_000 }: CheckpointOptions = {},
): Promise<number> {
  const tables = tablesOf(ledger.prefix);
  const below = Buffer.alloc(4);
  below.writeUInt32BE(Math.min(0xffff_ffff, Math.floor(2 ** 32 / everyTransfers)));
  const { seq: head } = await selectHead(db, tables);
  const start = await findCheckpointedSeq(db, tables);
  const end = Math.min(head, start + mostBlocks);
  let written = 0;
  for (let after = start; after < end; after += blocksPerRead) {
    const upTo = Math.min(end, after + blocksPerRead);
    const drawn = await selectDrawnAccounts(db, tables, { after, upTo, below });
    for (const [blockSeq, accountIds] of drawn) {
      const checkpoints = [];
      for (const id of accountIds) {
        checkpoints.push(await sumThroughBlock(db, tables, id, blockSeq));
      }
      if (await insertCheckpoints(db, tables, checkpoints)) written += checkpoints.length;
    }
  }
  return written;
}
