import { inflateRawSync } from 'node:zlib';

/** What a workbook may unpack to; one of 10,000 rows by 30 columns takes about a third of it. */
const maxUnpackedBytes = 32 * 1024 * 1024;
const maxEntries = 500;

const signatures = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 };
const endLength = 22;
const maxCommentLength = 0xffff;

interface ZipEntry {
  name: string;
  method: number;
  packedSize: number;
  unpackedSize: number;
  localOffset: number;
}

/** The bytes are no zip file that may be unpacked: broken, packed in an odd way, or too large. */
export class ZipRefusedError extends Error {
  override name = 'ZipRefusedError';
}

/**
 * The XML files of a zip file, unpacked within bounds. The sizes that the file tells of itself are
 * believed only as limits: a file that unpacks to more is refused.
 */
export function unpackXml(zip: Buffer): Buffer[] {
  const entries = readDirectory(zip);
  const total = entries.reduce((sum, entry) => sum + entry.unpackedSize, 0);
  if (total > maxUnpackedBytes) throw new ZipRefusedError('unpacks to too much');
  const wanted = entries.filter(({ name }) => /\.(xml|rels)$/i.test(name));
  return wanted.map((entry) => unpack(zip, entry));
}

function readDirectory(zip: Buffer): ZipEntry[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let offset = zip.readUInt32LE(end + 16);
  // 0xffff and 0xffffffff point to the 64-bit form, which no table of this size needs.
  if (count > maxEntries || offset === 0xffffffff) throw new ZipRefusedError('too many files');
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (offset + 46 > zip.length || zip.readUInt32LE(offset) !== signatures.central) {
      throw new ZipRefusedError('the directory is broken');
    }
    const nameLength = zip.readUInt16LE(offset + 28);
    const extraLength = zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
    entries.push({
      name: zip.toString('utf8', offset + 46, offset + 46 + nameLength),
      method: zip.readUInt16LE(offset + 10),
      packedSize: zip.readUInt32LE(offset + 20),
      unpackedSize: zip.readUInt32LE(offset + 24),
      localOffset: zip.readUInt32LE(offset + 42),
    });
    offset += 46 + nameLength + extraLength;
  }
  return entries;
}

function findEnd(zip: Buffer): number {
  const first = Math.max(0, zip.length - endLength - maxCommentLength);
  for (let at = zip.length - endLength; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) === signatures.end) return at;
  }
  throw new ZipRefusedError('no directory');
}

function unpack(zip: Buffer, { localOffset: at, method, packedSize, unpackedSize }: ZipEntry) {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== signatures.local) {
    throw new ZipRefusedError('a file is not where the directory says');
  }
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + packedSize);
  if (method === 0) return packed;
  if (method !== 8) throw new ZipRefusedError('packed in an odd way');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedSize) });
  } catch (cause) {
    throw new ZipRefusedError('does not unpack to what it says', { cause });
  }
}
