import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Stop } from '../bootstrap/stop.mjs';

/**
 * The master key of this install, `<id>:<base64>`, drawn once. Without it no phone number or name
 * that was stored can be read again, so a damaged file ends the start instead of being replaced.
 */
export function rememberMasterKey(file: string): string {
  if (existsSync(file)) {
    try {
      const kept = (JSON.parse(readFileSync(file, 'utf8')) as { masterKey?: unknown }).masterKey;
      if (typeof kept === 'string' && kept !== '') return kept;
    } catch {
      // Said below.
    }
    throw new Stop(`${file} cannot be read: put back a copy of it, or set DDP_MASTER_KEY.`);
  }
  const masterKey = `k1:${randomBytes(32).toString('base64')}`;
  writeFileSync(file, `${JSON.stringify({ masterKey })}\n`, { mode: 0o600, flag: 'wx' });
  return masterKey;
}
