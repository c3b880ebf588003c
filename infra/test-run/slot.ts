import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../bootstrap/stop.mjs';
import { isAlive } from '../engines/processes.ts';

const slots = 8;

/** Who uses a folder of test engines, and where those are once they run. */
export interface Holder {
  pid: number;
  kind: 'test' | 'engines';
  databaseUrl?: string;
  redisUrl?: string;
}

export interface Slot {
  dir: string;
  /** Engines that `engines` keeps running in the foreground: used, never stopped. */
  running?: { databaseUrl: string; redisUrl: string };
  publish(urls: { databaseUrl: string; redisUrl: string }): void;
  release(): void;
  /** Names another process as the holder: the slot stays taken as long as that one lives. */
  leaveTo?(pid: number): void;
}

function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return isAlive(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}

function claim(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    if (readHolder(file) !== null) return false;
    rmSync(file, { force: true });
    return claim(file, holder);
  }
}

function makeSlot(dir: string, file: string, holder: Holder): Slot {
  let current = holder;
  const write = () => writeFileSync(file, JSON.stringify(current), { mode: 0o600 });
  return {
    dir,
    publish: ({ databaseUrl, redisUrl }) => {
      current = { ...current, databaseUrl, redisUrl };
      write();
    },
    release: () => rmSync(file, { force: true }),
    leaveTo: (pid) => {
      current = { ...current, pid };
      write();
    },
  };
}

/** The folders that test engines of this tree may have. */
export function listSlotFolders(data: string): string[] {
  return Array.from({ length: slots }, (_, index) =>
    join(data, index === 0 ? 'test' : `test-${index + 1}`),
  );
}

/** A folder for this run's engines. Several runs in one tree get a folder each. */
export function takeSlot(data: string, kind: Holder['kind']): Slot {
  const holder: Holder = { pid: process.pid, kind };
  for (const dir of listSlotFolders(data)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const file = join(dir, 'holder.json');
    if (claim(file, holder)) return makeSlot(dir, file, holder);
    const other = readHolder(file);
    if (
      other?.kind === 'engines' &&
      other.databaseUrl !== undefined &&
      other.redisUrl !== undefined
    ) {
      const running = { databaseUrl: other.databaseUrl, redisUrl: other.redisUrl };
      return { dir, running, publish: () => undefined, release: () => undefined };
    }
  }
  throw new Stop(`${slots} test runs are going on in this tree already.`);
}
