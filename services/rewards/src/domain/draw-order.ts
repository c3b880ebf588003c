import { createHash } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

/** What is published of a seed before anybody enters: SHA-256 of its bytes. */
export const hashSeed = (seed: string): string => sha256(Buffer.from(seed, 'hex'));

/** SHA-256 of the entry numbers in ascending order, parted by line feeds. */
export const hashList = (entryNumbers: readonly string[]): string =>
  sha256([...entryNumbers].sort().join('\n'));

/** What the order of one entry follows from: SHA-256 of seed ‖ head of the ledger ‖ entry number. */
export function ticketOf(seed: string, headHash: string, entryNumber: string): string {
  const bytes = [Buffer.from(seed, 'hex'), Buffer.from(headHash, 'hex'), Buffer.from(entryNumber)];
  return sha256(Buffer.concat(bytes));
}

/**
 * The result of a draw: entries by ascending ticket. The first win, the others follow in this order
 * where one of them cannot redeem. Anybody can recompute it with `verify-draw.mjs`.
 */
export function drawOrder(
  seed: string,
  headHash: string,
  entryNumbers: readonly string[],
): string[] {
  const tickets = entryNumbers.map((entryNumber) => ({
    entryNumber,
    ticket: ticketOf(seed, headHash, entryNumber),
  }));
  tickets.sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
  return tickets.map(({ entryNumber }) => entryNumber);
}
