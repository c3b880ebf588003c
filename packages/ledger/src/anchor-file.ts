import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A head of the chain as it was kept outside the database. */
export interface Anchor {
  seq: number;
  /** Of the block, in hexadecimal. */
  hash: string;
  /** When it was kept, RFC 3339. */
  time: string;
}

/** An anchor file that somebody changed or cut; the message names the line. */
export class AnchorFileError extends Error {
  override name = 'AnchorFileError';
}

const tailBytes = 1_024;

/**
 * Adds a head to the file, one JSON line, unless it is the last one there already. Several processes
 * may do so at the same moment: a line is written whole, and twice the same does no harm.
 */
export async function appendAnchor(file: string, anchor: Anchor): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o640);
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
    const tail = buffer.toString('utf8', 0, bytesRead);
    if (tail.endsWith('\n') && tail.includes(`"hash":"${anchor.hash}"`, lastLineAt(tail))) return;
    // A line that a power cut left unfinished must not swallow the next one.
    const gap = tail === '' || tail.endsWith('\n') ? '' : '\n';
    const { seq, hash, time } = anchor;
    await handle.appendFile(`${gap}${JSON.stringify({ seq, hash, time })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** All heads of the file in order of their block, or null where there is no file. */
export async function readAnchors(file: string): Promise<Anchor[] | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const anchors = text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    const anchor = parseAnchor(line);
    if (anchor === null) throw new AnchorFileError(`line ${index + 1} of ${file} is no anchor`);
    return [anchor];
  });
  return anchors.sort((a, b) => a.seq - b.seq);
}

function parseAnchor(line: string): Anchor | null {
  try {
    const { seq, hash, time } = JSON.parse(line) as Partial<Anchor>;
    const isAnchor = Number.isSafeInteger(seq) && /^[0-9a-f]{64}$/.test(hash ?? '');
    return isAnchor && typeof time === 'string' ? ({ seq, hash, time } as Anchor) : null;
  } catch {
    return null;
  }
}

function lastLineAt(text: string): number {
  return text.lastIndexOf('\n', text.length - 2) + 1;
}
