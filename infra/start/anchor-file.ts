import { join } from 'node:path';
import { dataDir } from './running-file.ts';

/**
 * Where the heads of the ledger are kept. They are of one ledger alone: those of the embedded one
 * lie beside it, any other wants a file of its own.
 */
export function anchorFileOf(database: 'embedded' | 'given'): string | undefined {
  const embedded = database === 'embedded' ? join(dataDir, 'ledger-anchors.jsonl') : undefined;
  return process.env.LEDGER_ANCHOR_FILE || embedded;
}
