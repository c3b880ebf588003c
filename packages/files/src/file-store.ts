import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Files under the SHA-256 of what they hold; nobody reads them but the service whose store it is. */
export interface FileStore {
  /** Keeps bytes and gives their digest in hex; keeping the same again changes nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes of a digest, checked against it; null where they are not kept. */
  read(digest: string): Promise<Buffer | null>;
  /** Removes files that nobody keeps and that are older than the grace time; how many. */
  sweep(findKept: (digests: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
}

/**
 * Between the moment that bytes are kept and the moment that a row says so; a file this young is
 * nobody's rubbish yet.
 */
const graceMs = 10 * 60_000;
const digestForm = /^[0-9a-f]{64}$/;

/** A store in a folder of this machine, or one that is mounted there. */
export function openFolderStore(folder: string, nowMs: () => number = Date.now): FileStore {
  const placeOf = (digest: string) => {
    if (!digestForm.test(digest)) throw new TypeError('not a digest');
    return path.join(folder, digest.slice(0, 2), digest);
  };

  return {
    async put(bytes) {
      const digest = digestOf(bytes);
      const place = placeOf(digest);
      const isKept = await touch(place, new Date(nowMs()));
      if (!isKept) {
        await write(place, bytes);
        await touch(place, new Date(nowMs()));
      }
      return digest;
    },
    async read(digest) {
      const bytes = await readFile(placeOf(digest)).catch(nullIfMissing);
      if (bytes !== null && digestOf(bytes) !== digest) throw new Error(`${digest} is damaged`);
      return bytes;
    },
    async sweep(findKept) {
      let removed = 0;
      const isOld = async (place: string) => {
        const about = await stat(place).catch(nullIfMissing);
        return about !== null && about.mtimeMs < nowMs() - graceMs;
      };
      for (const part of await readdir(folder).catch(() => [])) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue;
        const names = await readdir(path.join(folder, part));
        const old: string[] = [];
        for (const name of names) {
          if (await isOld(path.join(folder, part, name))) old.push(name);
        }
        const kept = await findKept(old.filter((name) => digestForm.test(name)));
        for (const name of old.filter((one) => !kept.has(one))) {
          const place = path.join(folder, part, name);
          // The same bytes may have come again while owners were asked for.
          if (!(await isOld(place))) continue;
          await unlink(place).catch(nullIfMissing);
          removed += 1;
        }
      }
      return removed;
    },
  };
}

/** Makes a file young again, so that no sweep takes it from under a second owner. */
async function touch(place: string, at: Date): Promise<boolean> {
  const touched = await utimes(place, at, at).then(() => true, nullIfMissing);
  return touched === true;
}

/** Beside its place first and then moved there, so that a file is whole or not there. */
async function write(place: string, bytes: Uint8Array): Promise<void> {
  const parent = path.dirname(place);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const beside = `${place}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, place);
    await syncFolder(parent);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
