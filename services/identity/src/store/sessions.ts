import type { Role } from '@ddp/contracts/permission';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { SessionState } from '../domain/authority.ts';

type Db = Kysely<IdentityDatabase>;

export interface StoredSession extends SessionState {
  id: string;
  personId: string;
}

export interface NewSession {
  id: string;
  personId: string;
  tokenHash: Buffer;
  method: SessionState['method'];
  role: Role;
  device: string | null;
  lifetimeSeconds: number;
}

export async function insertSession(
  tx: Db,
  clock: ClockOffset,
  session: NewSession,
): Promise<void> {
  const now = sqlNow(clock);
  await tx
    .insertInto('identity_session')
    .values({
      id: idToBinary(session.id),
      person_id: idToBinary(session.personId),
      token_hash: session.tokenHash,
      method: session.method,
      role: session.role,
      device: session.device,
      created_at: now,
      expires_at: sql<Date>`(${now} + INTERVAL ${session.lifetimeSeconds} SECOND)`,
    })
    .execute();
}

/** Sessions in force, with what a one-time password holds back. */
function selectSessions(db: Db, clock: ClockOffset) {
  return selectScoped(db, 'identity_person', everywhere)
    .innerJoin('identity_session', 'identity_session.person_id', 'identity_person.id')
    .leftJoin('identity_credential', (join) =>
      join
        .onRef('identity_credential.person_id', '=', 'identity_person.id')
        .on('identity_credential.kind', '=', 'password'),
    )
    .select([
      'identity_session.id',
      'identity_session.person_id',
      'identity_session.method',
      'identity_session.role',
      'identity_session.device',
      'identity_credential.must_change',
    ])
    .where('identity_session.revoked_at', 'is', null)
    .where('identity_session.expires_at', '>', sqlNow(clock))
    .where('identity_person.erased_at', 'is', null);
}

type SessionRow = Awaited<ReturnType<ReturnType<typeof selectSessions>['execute']>>[number];

function toSession(row: SessionRow): StoredSession {
  const method = row.method === 'password' ? 'password' : 'code';
  return {
    id: binaryToId(row.id),
    personId: binaryToId(row.person_id),
    method,
    role: row.role as Role,
    device: row.device,
    mustChangePassword: method === 'password' && row.must_change === 1,
  };
}

export async function findSessionByToken(
  db: Db,
  clock: ClockOffset,
  tokenHash: Buffer,
): Promise<StoredSession | null> {
  const row = await selectSessions(db, clock)
    .where('identity_session.token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row ? toSession(row) : null;
}

export async function findSession(
  db: Db,
  clock: ClockOffset,
  id: string,
  personId: string,
): Promise<StoredSession | null> {
  const row = await selectSessions(db, clock)
    .where('identity_session.id', '=', idToBinary(id))
    .where('identity_session.person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toSession(row) : null;
}

/** Puts another token, and perhaps another role, in place of the session's own. */
export async function renewSession(
  tx: Db,
  session: { id: string; tokenHash: Buffer; role: Role },
): Promise<boolean> {
  const result = await tx
    .updateTable('identity_session')
    .set({ token_hash: session.tokenHash, role: session.role })
    .where('id', '=', idToBinary(session.id))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function revokeSession(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('identity_session')
    .set({ revoked_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('revoked_at', 'is', null)
    .execute();
}

/** Revokes the person's sessions, except one that goes on. */
export async function revokeSessionsOf(
  tx: Db,
  clock: ClockOffset,
  personId: string,
  exceptId: string | null = null,
): Promise<void> {
  let query = tx
    .updateTable('identity_session')
    .set({ revoked_at: sqlNow(clock), device: null })
    .where('person_id', '=', idToBinary(personId))
    .where('revoked_at', 'is', null);
  if (exceptId !== null) query = query.where('id', '<>', idToBinary(exceptId));
  await query.execute();
}

export async function listSessionTimes(
  db: Db,
  personId: string,
): Promise<{ startedAt: Date; expiresAt: Date }[]> {
  const rows = await db
    .selectFrom('identity_session')
    .select(['created_at', 'expires_at'])
    .where('person_id', '=', idToBinary(personId))
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({ startedAt: row.created_at, expiresAt: row.expires_at }));
}
