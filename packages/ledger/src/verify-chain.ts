import type { Anchor } from './anchor-file.ts';
import {
  digestTransfer,
  genesisHash,
  type HashName,
  hashBlock,
  hashNames,
} from './domain/block.ts';
import { type LedgerTables, type SqlRunner, tablesOf } from './ledger.ts';
import { type Block, selectBlocks, selectHead } from './store/block-rows.ts';
import { runSql } from './store/run-sql.ts';
import {
  selectRowsOfBlocks,
  type TransferRow,
  toTransfer,
  transferColumns,
} from './store/transfer-rows.ts';

/** The first place where the stored ledger is not what was once written. */
export interface ChainFault {
  blockSeq: number;
  /** The row within the block, where one row is to blame. */
  position: number | null;
  /** The 16 bytes of its id in hexadecimal: a bad row's id need not be a UUID. */
  transferId: string | null;
  /** A sentence for an operator. */
  reason: string;
}

export interface ChainReport {
  blocks: number;
  transfers: number;
  /** The last block that agrees with all before it, for comparison with an anchor kept elsewhere. */
  head: { seq: number; hash: string };
  fault: ChainFault | null;
}

type Last = Pick<Block, 'seq' | 'hash' | 'createdAt'>;

const blocksPerRead = 50;

/**
 * Computes every digest and hash anew, from the first block to the head of this moment, reading a
 * few blocks at a time, and follows the anchors, which are in order of their block: a ledger that
 * was cut or written anew as a whole shows against them alone. Read anchors before calling this.
 */
export async function verifyChain(
  db: SqlRunner,
  prefix: string,
  anchors: readonly Anchor[] = [],
): Promise<ChainReport> {
  const tables = tablesOf(prefix);
  const follow = followAnchors(anchors);
  const head = await selectHead(db, tables);
  let last: Last = { seq: 0, hash: genesisHash, createdAt: new Date(0) };
  let transfers = 0;
  const report = (fault: ChainFault | null): ChainReport => ({
    blocks: last.seq,
    transfers,
    head: { seq: last.seq, hash: last.hash.toString('hex') },
    fault,
  });
  while (last.seq < head.seq) {
    const range = { after: last.seq, upTo: head.seq, limit: blocksPerRead };
    const blocks = await selectBlocks(db, tables, range);
    if (blocks.length === 0) return report(faultOf(last.seq + 1, 'the block is missing'));
    const rows = await selectRowsOfBlocks(db, tables, last.seq, blocks.at(-1)?.seq ?? last.seq);
    for (const block of blocks) {
      const fault = findBlockFault(block, last, rows.get(block.seq) ?? []) ?? follow.pass(block);
      if (fault !== null) return report(fault);
      last = block;
      transfers += block.transferCount;
    }
  }
  if (!last.hash.equals(head.hash)) {
    return report(faultOf(head.seq, 'the head does not agree with the last block'));
  }
  return report((await findTailFault(db, tables)) ?? follow.end(last.seq));
}

/** Compares heads kept elsewhere with the blocks as they pass. */
function followAnchors(anchors: readonly Anchor[]) {
  let next = 0;
  let agreed = 0;
  return {
    pass({ seq, hash }: Block): ChainFault | null {
      for (let anchor = anchors[next]; anchor?.seq === seq; anchor = anchors[next]) {
        if (anchor.hash !== hash.toString('hex')) {
          const since = `the last block that agrees with an anchor is ${agreed}`;
          return faultOf(seq, `the block is not the one anchored at ${anchor.time}; ${since}`);
        }
        agreed = seq;
        next += 1;
      }
      return null;
    },
    end(lastSeq: number): ChainFault | null {
      const anchor = anchors[next];
      if (anchor === undefined) return null;
      const reason = `the ledger was cut: block ${anchor.seq} was anchored at ${anchor.time}`;
      return { ...faultOf(lastSeq + 1, reason), position: 0 };
    },
  };
}

function findBlockFault(block: Block, last: Last, rows: readonly TransferRow[]): ChainFault | null {
  if (block.seq !== last.seq + 1) return faultOf(last.seq + 1, 'the block is missing');
  if (!block.previousHash.equals(last.hash)) {
    return faultOf(block.seq, 'the block does not follow from the one before');
  }
  if (block.createdAt < last.createdAt) {
    return faultOf(block.seq, 'the block is older than the one before');
  }
  const { seq, createdAt, previousHash } = block;
  const hashName = hashNames.find((name) => name === block.hashName);
  if (hashName === undefined) return faultOf(seq, 'the block names a hash that is none of ours');
  const digests: Buffer[] = [];
  for (const [position, row] of rows.entries()) {
    if (row.position !== position) {
      return { ...faultOf(block.seq, 'a transfer is missing'), position };
    }
    const digest = digestRow(hashName, row);
    if (digest === null || !digest.equals(row.digest))
      return rowFault(row, 'the transfer was changed');
    if (row.created_at.getTime() !== block.createdAt.getTime()) {
      return rowFault(row, 'the transfer is not of the time of its block');
    }
    digests.push(digest);
  }
  if (digests.length < block.transferCount) {
    return { ...faultOf(block.seq, 'a transfer is missing'), position: digests.length };
  }
  const extra = rows[block.transferCount];
  if (extra !== undefined) return rowFault(extra, 'the transfer was added to the block');
  return hashBlock(hashName, { seq, createdAt, previousHash }, digests).equals(block.hash)
    ? null
    : faultOf(block.seq, 'the hash of the block does not agree with its transfers');
}

/** Rows behind the head. One statement sees them together, so that a block just written is no fault. */
async function findTailFault(db: SqlRunner, tables: LedgerTables): Promise<ChainFault | null> {
  const rows = await runSql<TransferRow & { block: number | null }>(
    db,
    `SELECT ${transferColumns} FROM ${tables.transfer}
      WHERE block_seq > (SELECT seq FROM ${tables.head} WHERE id = 1)
      ORDER BY block_seq, position LIMIT 1`,
  );
  const [row] = rows;
  if (row !== undefined) return rowFault(row, 'the transfer lies behind the head');
  const [block] = await runSql<{ seq: number }>(
    db,
    `SELECT seq FROM ${tables.block}
      WHERE seq > (SELECT seq FROM ${tables.head} WHERE id = 1) ORDER BY seq LIMIT 1`,
  );
  return block === undefined ? null : faultOf(block.seq, 'the block lies behind the head');
}

/** Null for a row that the ledger could not have written, such as one whose id is no UUID. */
function digestRow(hashName: HashName, row: TransferRow): Buffer | null {
  try {
    return digestTransfer(hashName, toTransfer(row));
  } catch {
    return null;
  }
}

function rowFault(row: TransferRow, reason: string): ChainFault {
  return {
    blockSeq: Number(row.block_seq),
    position: row.position,
    transferId: row.id.toString('hex'),
    reason,
  };
}

function faultOf(blockSeq: number, reason: string): ChainFault {
  return { blockSeq, position: null, transferId: null, reason };
}
