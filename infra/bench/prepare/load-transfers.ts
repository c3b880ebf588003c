import { digestTransfer, genesisHash, hashBlock } from '@ddp/ledger/domain/block';
import type { Transfer } from '@ddp/ledger/domain/transfer';
import { type Connection, createConnection } from 'mysql2/promise';
import { accountIdOf } from './load-accounts.ts';

const transfersPerBlock = 1_000;
const blocksPerStatement = 5;
const hashName = 'sha256';
const dayMs = 86_400_000;

interface LoadedBlock {
  seq: number;
  previousHash: Buffer;
  hash: Buffer;
  createdAt: Date;
  transfers: Transfer[];
  digests: Buffer[];
}

export interface LoadTransfersOptions {
  /** Multiple of a thousand. */
  count: number;
  /** How many accounts `loadAccounts` made: the first pays, each other is paid in its turn. */
  accounts: number;
  code: number;
  say: (line: string) => void;
}

/** The id of a loaded transfer by its number from 0. */
function transferIdOf(index: number): string {
  return `0195512b-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Fills an empty ledger with transfers that make a valid chain, by SQL alone. */
export async function loadTransfers(
  schemaUrl: string,
  options: LoadTransfersOptions,
): Promise<void> {
  const { count, say } = options;
  const connection = await createConnection({ uri: schemaUrl });
  try {
    let written: Promise<unknown> = Promise.resolve();
    let last: LoadedBlock | undefined;
    const startMs = Date.now() - dayMs;
    for (let from = 0; from < count; from += transfersPerBlock * blocksPerStatement) {
      const blocks: LoadedBlock[] = [];
      for (let index = 0; index < blocksPerStatement; index += 1) {
        const first = from + index * transfersPerBlock;
        if (first >= count) break;
        last = makeBlock(options, first, last, startMs);
        blocks.push(last);
      }
      // The next blocks are made while these are written.
      await written;
      written = writeBlocks(connection, blocks);
      if (from % 500_000 === 0) say(`${from} of ${count} transfers`);
    }
    await written;
    await moveBalances(connection, options, last);
  } finally {
    await connection.end();
  }
}

function makeBlock(
  { accounts, code }: LoadTransfersOptions,
  first: number,
  before: LoadedBlock | undefined,
  startMs: number,
): LoadedBlock {
  const seq = (before?.seq ?? 0) + 1;
  const createdAt = new Date(startMs + seq);
  const transfers = Array.from({ length: transfersPerBlock }, (_none, position): Transfer => {
    const index = first + position;
    return {
      ...{ id: transferIdOf(index), kind: 'posted', amount: 1, unit: 'cents', code },
      debitAccountId: accountIdOf(0),
      creditAccountId: accountIdOf(1 + (index % (accounts - 1))),
      ...{ reference: null, pendingId: null, expiresAt: null },
      ...{ blockSeq: seq, position, createdAt },
    };
  });
  const digests = transfers.map((transfer) => digestTransfer(hashName, transfer));
  const previousHash = before?.hash ?? genesisHash;
  const hash = hashBlock(hashName, { seq, createdAt, previousHash }, digests);
  return { seq, previousHash, hash, createdAt, transfers, digests };
}

const hex = (bytes: Buffer) => `X'${bytes.toString('hex')}'`;
const hexOfId = (id: string) => `X'${id.replaceAll('-', '')}'`;
const sqlTime = (at: Date) => `'${at.toISOString().replace('T', ' ').slice(0, 23)}'`;

/** Values are made here and hold nothing that would need escaping. */
async function writeBlocks(connection: Connection, blocks: readonly LoadedBlock[]): Promise<void> {
  const transfers = blocks.flatMap(({ transfers: some, digests }) =>
    some.map((one, index) => {
      const sides = `${hexOfId(one.debitAccountId)},${hexOfId(one.creditAccountId)}`;
      const terms = `${one.amount},'${one.unit}',${one.code},NULL,NULL,NULL`;
      const place = `${one.blockSeq},${one.position},${sqlTime(one.createdAt)}`;
      const digest = hex(digests[index] ?? Buffer.alloc(0));
      return `(${hexOfId(one.id)},'${one.kind}',${sides},${terms},${place},${digest})`;
    }),
  );
  await connection.query('START TRANSACTION');
  await connection.query(
    `INSERT INTO points_ledger_transfer (id, kind, debit_account_id, credit_account_id, amount,
      unit, code, reference, pending_id, expires_at, block_seq, position, created_at, digest)
      VALUES ${transfers.join(',')}`,
  );
  const rows = blocks.map(
    ({ seq, previousHash, hash, createdAt }) =>
      `(${seq},${hex(previousHash)},${hex(hash)},${transfersPerBlock},${sqlTime(createdAt)})`,
  );
  await connection.query(
    `INSERT INTO points_ledger_block (seq, previous_hash, hash, transfer_count, created_at)
      VALUES ${rows.join(',')}`,
  );
  await connection.query('COMMIT');
}

async function moveBalances(
  connection: Connection,
  { count, accounts }: LoadTransfersOptions,
  last: LoadedBlock | undefined,
): Promise<void> {
  const holders = accounts - 1;
  const sides = [
    [1, holders, Math.floor(count / holders)],
    [1, count % holders, 1],
  ] as const;
  for (const [from, to, more] of sides) {
    await connection.query(
      `UPDATE points_ledger_account SET credits_posted = credits_posted + ?
        WHERE id BETWEEN ${hexOfId(accountIdOf(from))} AND ${hexOfId(accountIdOf(to))}`,
      [more],
    );
  }
  await connection.query(
    `UPDATE points_ledger_account SET debits_posted = ? WHERE id = ${hexOfId(accountIdOf(0))}`,
    [count],
  );
  if (last === undefined) return;
  await connection.query(
    `UPDATE points_ledger_head SET seq = ${last.seq}, hash = ${hex(last.hash)} WHERE id = 1`,
  );
  await connection.query('ANALYZE TABLE points_ledger_transfer, points_ledger_account');
}
