import { auditActor } from '@ddp/auth/authorize';
import type { Batch } from '@ddp/contracts/codes/batches';
import { batchRequested } from '@ddp/contracts/codes/events';
import type { Principal } from '@ddp/contracts/principal';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { newId } from '@ddp/db-kit/ids';
import { everywhere } from '@ddp/db-kit/scope';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { findBatch, insertBatch, type WantedCode } from '../store/batches.ts';

/** Writes a batch down with all its rows, and tells the job that issues their codes. */
export async function requestBatch(
  { store }: CodesDeps,
  tx: Transaction<CodesDatabase>,
  principal: Principal,
  batch: { kind: Batch['kind']; areaPath: string; rows: readonly WantedCode[] },
): Promise<Batch> {
  const id = newId();
  await insertBatch(tx, store.clock, { id, ...batch });
  await appendAudit(tx, store, {
    ...auditActor(principal),
    action: `issue-${batch.kind}-batch`,
    objectKind: 'batch',
    objectId: id,
    detail: { areaPath: batch.areaPath, wanted: batch.rows.length },
  });
  const event = outgoing(batchRequested, { batchId: id });
  await appendEvents(tx, store, [event], principal.requestId);
  const written = await findBatch(tx, id, everywhere);
  if (!written) throw new Error('a batch cannot be read back');
  return written;
}
