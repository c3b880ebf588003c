import { type HashName, hashNames, hashPrivateHalf, publicHalf } from './domain/block.ts';
import { type SqlRunner, tablesOf } from './ledger.ts';
import { type Block, selectBlocks, selectHead } from './store/block-rows.ts';
import { selectRowsOfBlocks, type TransferRow, toTransfer } from './store/transfer-rows.ts';

const blocksPerRead = 10;

/**
 * The ledger as anybody may have it, in JSON lines: a line for each block after `after`, each
 * followed by a line for each of its transfers, which has the public half and the hash of the
 * private one. `limit` is the most blocks to give, all up to the head unless set. Each chunk is whole
 * blocks, so that whoever lost the rest goes on after the last block there.
 */
export async function* exportPublicLedger(
  db: SqlRunner,
  prefix: string,
  { after, limit = Number.MAX_SAFE_INTEGER }: { after: number; limit?: number },
): AsyncGenerator<string, void, void> {
  const tables = tablesOf(prefix);
  const head = await selectHead(db, tables);
  const upTo = Math.min(head.seq, after + limit);
  for (let last = after; last < upTo; ) {
    const blocks = await selectBlocks(db, tables, { after: last, upTo, limit: blocksPerRead });
    const end = blocks.at(-1)?.seq;
    // A gap is left for whoever verifies the file to find.
    if (end === undefined) return;
    const rows = await selectRowsOfBlocks(db, tables, last, end);
    yield blocks.map((block) => textOf(block, rows.get(block.seq) ?? [])).join('');
    last = end;
  }
}

function textOf(block: Block, rows: readonly TransferRow[]): string {
  const hashName = hashNames.find((name) => name === block.hashName) ?? 'sha256';
  const lines = [
    JSON.stringify({
      block: block.seq,
      hashName: block.hashName,
      previous: block.previousHash.toString('hex'),
      hash: block.hash.toString('hex'),
      count: block.transferCount,
      time: block.createdAt,
    }),
    ...rows.map((row) => redact(hashName, row)),
  ];
  return `${lines.join('\n')}\n`;
}

function redact(hashName: HashName, row: TransferRow): string {
  const transfer = toTransfer(row);
  const privateHash = hashPrivateHalf(hashName, transfer).toString('hex');
  const digest = row.digest.toString('hex');
  return `{"public":${publicHalf(transfer)},"private":"${privateHash}","digest":"${digest}"}`;
}
