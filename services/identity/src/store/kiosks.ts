import type { Kiosk, KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

type Db = Kysely<IdentityDatabase>;

export interface NewKiosk {
  id: string;
  tokenHash: Buffer;
  label: string;
  areaPath: string;
  personId: string;
  days: number;
}

export async function insertKiosk(tx: Db, clock: ClockOffset, kiosk: NewKiosk): Promise<void> {
  const now = sqlNow(clock);
  await tx
    .insertInto('identity_kiosk')
    .values({
      id: idToBinary(kiosk.id),
      token_hash: kiosk.tokenHash,
      label: kiosk.label,
      area_path: kiosk.areaPath,
      person_id: idToBinary(kiosk.personId),
      created_at: now,
      expires_at: sql<Date>`(${now} + INTERVAL ${kiosk.days} DAY)`,
    })
    .execute();
}

function selectKiosks(db: Db, clock: ClockOffset, scope: AreaScope) {
  const state = sql<Kiosk['state']>`CASE WHEN revoked_at IS NOT NULL THEN 'revoked'
    WHEN expires_at <= ${sqlNow(clock)} THEN 'expired' ELSE 'active' END`;
  return selectScoped(db, 'identity_kiosk', scope)
    .select(['id', 'label', 'area_path', 'created_at', 'expires_at', 'revoked_at', 'last_seen_at'])
    .select(state.as('state'));
}

type Row = Awaited<ReturnType<ReturnType<typeof selectKiosks>['execute']>>[number];

function toKiosk(row: Row): Kiosk {
  return {
    id: binaryToId(row.id),
    label: row.label,
    areaCode: codeOf(row.area_path),
    areaPath: row.area_path,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    state: row.state,
  };
}

const codeOf = (areaPath: string): string => areaPath.split('/').at(-2) ?? '';

export async function findKiosk(
  db: Db,
  clock: ClockOffset,
  id: string,
  scope: AreaScope,
): Promise<Kiosk | null> {
  const row = await selectKiosks(db, clock, scope)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toKiosk(row) : null;
}

/** Kiosks of a scope, newest first, one more than the limit. */
export async function listKiosks(
  db: Db,
  clock: ClockOffset,
  scope: AreaScope,
  {
    state,
    before,
    limit,
  }: { state?: Kiosk['state'] | undefined } & {
    before: string | null;
    limit: number;
  },
): Promise<Kiosk[]> {
  const now = sqlNow(clock);
  let query = selectKiosks(db, clock, scope);
  if (state === 'revoked') query = query.where('revoked_at', 'is not', null);
  if (state === 'expired') {
    query = query.where('revoked_at', 'is', null).where('expires_at', '<=', now);
  }
  if (state === 'active') {
    query = query.where('revoked_at', 'is', null).where('expires_at', '>', now);
  }
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toKiosk);
}

/** Ends a kiosk; one that was ended before keeps its time. Returns whether it was in force until now. */
export async function endKiosk(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('identity_kiosk')
    .set({ revoked_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The kiosk of a token that is good at this moment. */
export async function findKioskByToken(
  db: Db,
  clock: ClockOffset,
  tokenHash: Buffer,
): Promise<Omit<KioskPrincipal, 'programmeId'> | null> {
  const row = await selectScoped(db, 'identity_kiosk', everywhere)
    .select(['id', 'area_path', 'person_id'])
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sqlNow(clock))
    .executeTakeFirst();
  if (!row) return null;
  const { area_path: areaPath } = row;
  return {
    kioskId: binaryToId(row.id),
    personId: binaryToId(row.person_id),
    areaCode: codeOf(areaPath),
    areaPath,
  };
}

/** Notes that a screen read, at most every ten minutes. */
export async function noteSeen(db: Db, clock: ClockOffset, id: string): Promise<void> {
  const now = sqlNow(clock);
  await db
    .updateTable('identity_kiosk')
    .set({ last_seen_at: now })
    .where('id', '=', idToBinary(id))
    .where((eb) =>
      eb.or([
        eb('last_seen_at', 'is', null),
        eb('last_seen_at', '<', sql<Date>`(${now} - INTERVAL 10 MINUTE)`),
      ]),
    )
    .execute();
}
