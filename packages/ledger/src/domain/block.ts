import { hash } from 'node:crypto';
import type { Transfer } from './transfer.ts';

/** What a block's hash covers beside the transfers. */
export interface BlockHeader {
  seq: number;
  createdAt: Date;
  previousHash: Buffer;
}

/** The hash before the first block: 32 zero bytes. */
export const genesisHash: Buffer = Buffer.alloc(32);

/**
 * The canonical form of a transfer: a JSON array without spaces of id, kind, debit account, credit
 * account, amount, unit, code, reference, hold, deadline, time; ids lower-case, instants RFC 3339 in
 * UTC with milliseconds, absent values null. All text is ASCII by the checks on requests.
 */
export function canonicalTransfer(transfer: Transfer): string {
  return JSON.stringify([
    transfer.id,
    transfer.kind,
    transfer.debitAccountId,
    transfer.creditAccountId,
    transfer.amount,
    transfer.unit,
    transfer.code,
    transfer.reference,
    transfer.pendingId,
    transfer.expiresAt,
    transfer.createdAt,
  ]);
}

/** SHA-256 of a transfer's canonical form; kept with the row, so that a bad row can be named. */
export function digestTransfer(transfer: Transfer): Buffer {
  return hash('sha256', canonicalTransfer(transfer), 'buffer');
}

/**
 * A block's hash: SHA-256 over the previous hash, the JSON array `[seq, count, time]` and the
 * transfers' digests in order of their position.
 */
export function hashBlock(header: BlockHeader, digests: readonly Buffer[]): Buffer {
  const text = JSON.stringify([header.seq, digests.length, header.createdAt]);
  return hash(
    'sha256',
    Buffer.concat([header.previousHash, Buffer.from(text), ...digests]),
    'buffer',
  );
}
