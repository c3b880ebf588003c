import { sql, type Transaction } from 'kysely';
import type { ServiceStore } from './command.ts';
import { idToBinary, newId } from './ids.ts';
import { sqlNow } from './time.ts';

export interface AuditEntry {
  /** Who acted; null for a service or a job. */
  personId: string | null;
  role: string;
  /** Verb and noun, as the operation is named: `issue-code`. */
  action: string;
  objectKind: string;
  objectId: string;
  /** Ids, numbers and words of the catalogue; never a name, phone number or secret. */
  detail?: Record<string, unknown>;
  requestId: string;
}

/** Writes who did what, in the same transaction as what was done. */
export async function appendAudit<DB>(
  tx: Transaction<DB>,
  store: ServiceStore<DB>,
  entry: AuditEntry,
): Promise<void> {
  await sql`INSERT INTO ${sql.table(`${store.prefix}_audit`)}
    (id, acted_at, person_id, role, action, object_kind, object_id, detail, request_id)
    VALUES (${idToBinary(newId())}, ${sqlNow(store.clock)},
      ${entry.personId === null ? null : idToBinary(entry.personId)}, ${entry.role},
      ${entry.action}, ${entry.objectKind}, ${entry.objectId},
      ${JSON.stringify(entry.detail ?? {})}, ${entry.requestId})`.execute(tx);
}
