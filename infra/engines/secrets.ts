import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The secret kept in a file that only its owner reads; drawn once, on the first call. */
export function rememberSecret(file: string): string {
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim();
    if (kept !== '') return kept;
  }
  const drawn = randomBytes(18).toString('hex');
  writeFileSync(file, drawn, { mode: 0o600 });
  return drawn;
}
