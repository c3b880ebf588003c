import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportPublicLedger } from '@ddp/ledger/export-public-ledger';
import { readEnvironment, readHostConfig } from '@ddp/service-kit/config';
import { openReader } from './audit-reader.ts';

/** Writes the public ledger to standard output, from after the block that is named, or from 1. */
async function exportLedger(after: number): Promise<void> {
  if (!Number.isSafeInteger(after) || after < 0) throw new Error('name a block by its number');
  const environment = readEnvironment();
  const reader = await openReader(environment, readHostConfig(environment), 'points');
  try {
    const chunks = exportPublicLedger(reader, 'points_ledger', { after });
    await pipeline(Readable.from(chunks), process.stdout);
  } finally {
    await reader.close();
  }
}

await exportLedger(Number(process.argv[2] ?? 0));
