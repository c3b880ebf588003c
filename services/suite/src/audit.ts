import { queueInvariants } from '@ddp/queue-kit/queue-invariants';
import { readEnvironment, readHostConfig } from '@ddp/service-kit/config';
import { runMain } from '@ddp/service-kit/run-process';
import { auditChain } from './audit-chain.ts';
import type { Finding } from './audit-finding.ts';
import { auditHolds } from './audit-holds.ts';
import { auditHours } from './audit-hours.ts';
import { auditPlaces } from './audit-places.ts';
import { openReader, type Reader } from './audit-reader.ts';
import { auditSettlements } from './audit-settlements.ts';
import { serviceModules } from './modules.ts';

/** Rows of a violation that are counted; the first tells enough. */
const mostRows = 1_000;

/** Checks every invariant of every service that is read, and those that join two; a finding each. */
async function* audit(
  readers: ReadonlyMap<string, Reader>,
  anchorFile: string | undefined,
): AsyncGenerator<Finding> {
  for (const { name: service, invariants } of serviceModules) {
    const reader = readers.get(service);
    if (!reader) continue;
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
  const places = await auditPlaces(readers);
  if (places) yield places;
  const points = readers.get('points');
  if (!points) return;
  yield await auditChain(points, anchorFile);
  const volunteering = readers.get('volunteering');
  if (volunteering) yield await auditHours(volunteering, points);
  const rewards = readers.get('rewards');
  if (!rewards) return;
  yield await auditHolds(rewards, points);
  yield await auditSettlements(rewards, points);
}

/** The services to be audited: those named, or all of them. Throws on a name that is none. */
function chooseServices(names: readonly string[]): string[] {
  const all = serviceModules.map(({ name }) => name);
  const unknown = names.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) {
    throw new Error(`there is no service ${unknown} to audit; there are: ${all.join(', ')}`);
  }
  return names.length === 0 ? all : [...names];
}

/** One JSON line a check on standard output. Returns whether all of them hold. */
async function runAudit(names: readonly string[]): Promise<boolean> {
  const environment = readEnvironment();
  const host = readHostConfig(environment);
  const readers = new Map<string, Reader>();
  let isClean = true;
  try {
    for (const name of chooseServices(names)) {
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

await runMain(async () => {
  process.exitCode = (await runAudit(process.argv.slice(2))) ? 0 : 1;
});
