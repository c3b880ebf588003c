import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths.mjs';
import { Stop } from './stop.mjs';

const waitMs = 10 * 60_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readFileSync(file, 'utf8'));
  if (Number.isInteger(holder) && holder > 0 && isAlive(holder)) return false;
  rmSync(file, { force: true });
  return take(file);
}

/** Two commands of one tree must not install or build at the same time. */
export async function withBootstrapLock(body) {
  mkdirSync(paths.tools, { recursive: true });
  const file = join(paths.tools, 'bootstrap.lock');
  const deadline = Date.now() + waitMs;
  while (!take(file)) {
    if (Date.now() > deadline) throw new Stop(`Another command still holds ${file}.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  try {
    return await body();
  } finally {
    rmSync(file, { force: true });
  }
}
