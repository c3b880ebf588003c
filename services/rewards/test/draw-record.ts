import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.join(import.meta.dirname, '../verify-draw.mjs');

/** Runs `verify-draw.mjs` as anybody would, on the lines of a record and a block of the ledger. */
export function verifyRecord(lines: readonly string[], block?: object) {
  const folder = mkdtempSync(path.join(tmpdir(), 'ddp-draw-'));
  const record = path.join(folder, 'record.jsonl');
  const ledger = path.join(folder, 'ledger.jsonl');
  writeFileSync(record, lines.join('\n'));
  if (block) writeFileSync(ledger, JSON.stringify(block));
  const more = block ? ['--ledger', ledger] : [];
  return spawnSync(process.execPath, [script, record, ...more], { encoding: 'utf8' });
}
