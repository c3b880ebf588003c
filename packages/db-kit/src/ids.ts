import { createHash, randomFillSync } from 'node:crypto';
import { stringify, v7, validate } from 'uuid';

/** Drawn for many ids at once: a draw of sixteen bytes costs more than all else of an id. */
const random = Buffer.alloc(4_096);
let taken = random.length;

/** When the last id was made, and which of its millisecond it was. */
const last = { msecs: 0, seq: 0 };

/** A new UUIDv7 as lower-case text: ordered by time, so that primary keys grow at one end. */
export function newId(): string {
  if (taken === random.length) {
    randomFillSync(random);
    taken = 0;
  }
  const bytes = random.subarray(taken, taken + 16);
  taken += 16;
  const msecs = Date.now();
  if (msecs > last.msecs) Object.assign(last, { msecs, seq: bytes.readUInt32BE(6) >>> 1 });
  else last.seq += 1;
  return v7({ random: bytes, ...last });
}

/** UUID text to the 16 bytes stored. Throws on anything else. */
export function idToBinary(id: string): Buffer {
  if (!validate(id)) throw new TypeError('not a UUID');
  const digits =
    id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
  return Buffer.from(digits, 'hex');
}

/** The 16 bytes stored to lower-case UUID text. */
export function binaryToId(bytes: Uint8Array): string {
  return stringify(bytes);
}

export function binaryToIdOrNull(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : binaryToId(bytes);
}

/**
 * An id that follows from its parts (UUID version 8 over SHA-256), so that a repeat of the same
 * step makes the same id.
 */
export function deriveId(...parts: string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return stringify(bytes);
}
