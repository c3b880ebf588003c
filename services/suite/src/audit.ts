import { queueInvariants } from '@ddp/queue-kit/queue-invariants';
import { readEnvironment, readHostConfig } from '@ddp/service-kit/config';
import { auditChain } from './audit-chain.ts';
import type { Finding } from './audit-finding.ts';
import { auditHolds } from './audit-holds.ts';
import { openReader, type Reader } from './audit-reader.ts';
import { serviceModules } from './modules.ts';

/** Rows of a violation that are counted; the first tells enough. */
const mostRows = 1_000;

/** Checks every invariant of every service, and those that join two; a finding each. */
async function* audit(
  readers: ReadonlyMap<string, Reader>,
  anchorFile: string | undefined,
): AsyncGenerator<Finding> {
  for (const { name: service, invariants } of serviceModules) {
    const reader = readerOf(readers, service);
    for (const { name: invariant, description, sql } of [
      ...invariants,
      ...queueInvariants(service),
    ]) {
      const rows = await reader.query(`${sql} LIMIT ${mostRows}`);
      yield rows.length === 0
        ? { service, invariant, holds: true }
        : {
            ...{ service, invariant, holds: false, violation: description },
            ...{ count: rows.length, first: rows[0] },
          };
    }
  }
  yield await auditChain(readerOf(readers, 'points'), anchorFile);
  yield await auditHolds(readerOf(readers, 'rewards'), readerOf(readers, 'points'));
}

function readerOf(readers: ReadonlyMap<string, Reader>, service: string): Reader {
  const reader = readers.get(service);
  if (!reader) throw new Error(`no reader is open for ${service}`);
  return reader;
}

/** One JSON line a check on standard output. Returns whether all of them hold. */
async function runAudit(): Promise<boolean> {
  const environment = readEnvironment();
  const host = readHostConfig(environment);
  const readers = new Map<string, Reader>();
  let isClean = true;
  try {
    for (const { name } of serviceModules) {
      readers.set(name, await openReader(environment, host, name));
    }
    for await (const finding of audit(readers, environment.LEDGER_ANCHOR_FILE || undefined)) {
      isClean &&= finding.holds;
      process.stdout.write(`${JSON.stringify(finding)}\n`);
    }
  } finally {
    for (const reader of readers.values()) await reader.close();
  }
  return isClean;
}

process.exitCode = (await runAudit()) ? 0 : 1;
