import { hash } from 'node:crypto';
import type { Transfer } from './transfer.ts';

/** What a ledger is hashed with; both give 32 bytes. SM3 is the Chinese standard GB/T 32905. */
export const hashNames = ['sha256', 'sm3'] as const;
export type HashName = (typeof hashNames)[number];

/** What a block's hash covers beside the transfers. */
export interface BlockHeader {
  seq: number;
  createdAt: Date;
  previousHash: Buffer;
}

/** The hash before the first block: 32 zero bytes. */
export const genesisHash: Buffer = Buffer.alloc(32);

/**
 * What anybody may know of a transfer: a JSON array without spaces of block, position, kind, amount,
 * unit, code, deadline, time; instants RFC 3339 in UTC with milliseconds, absent values null.
 */
export function publicHalf(transfer: Transfer): string {
  return JSON.stringify([
    transfer.blockSeq,
    transfer.position,
    transfer.kind,
    transfer.amount,
    transfer.unit,
    transfer.code,
    transfer.expiresAt,
    transfer.createdAt,
  ]);
}

/**
 * What leads to somebody: a JSON array without spaces of id, debit account, credit account,
 * reference, hold; ids lower-case, absent values null. The id is random, so that nobody can find
 * the rest by trying.
 */
export function privateHalf(transfer: Transfer): string {
  return JSON.stringify([
    transfer.id,
    transfer.debitAccountId,
    transfer.creditAccountId,
    transfer.reference,
    transfer.pendingId,
  ]);
}

/** Stands for the private half where a ledger is published. */
export function hashPrivateHalf(hashName: HashName, transfer: Transfer): Buffer {
  return hash(hashName, privateHalf(transfer), 'buffer');
}

/**
 * The digest of a transfer: the hash of its public half and of the hash of its private half. It is
 * kept with the row, so that a bad row can be named. All text is ASCII by the checks on requests.
 */
export function digestTransfer(hashName: HashName, transfer: Transfer): Buffer {
  const halves = [Buffer.from(publicHalf(transfer)), hashPrivateHalf(hashName, transfer)];
  return hash(hashName, Buffer.concat(halves), 'buffer');
}

/**
 * A block's hash: over the previous hash, the JSON array `[seq,count,time]` and the transfers'
 * digests in order of their position.
 */
export function hashBlock(
  hashName: HashName,
  header: BlockHeader,
  digests: readonly Buffer[],
): Buffer {
  const text = JSON.stringify([header.seq, digests.length, header.createdAt]);
  return hash(
    hashName,
    Buffer.concat([header.previousHash, Buffer.from(text), ...digests]),
    'buffer',
  );
}
