import type { Certificate } from '@ddp/contracts/directory/certificates';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { escapeLike } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

export interface CertificateFilter {
  subjectId?: string | undefined;
  level?: string | undefined;
  state?: string | undefined;
  expiringBefore?: string | undefined;
  search?: string | undefined;
}

/** Certificates are in reach where their worker is. */
function selectCertificates(db: Db, scope: AreaScope) {
  return selectScoped(db, 'directory_subject', scope)
    .innerJoin('directory_certificate as one', 'one.subject_id', 'directory_subject.id')
    .select([
      'one.id',
      'one.subject_id',
      'one.level',
      'one.number',
      'one.issued_on',
      'one.expires_on',
      'one.state',
      'one.renews',
      'one.withdrawal_reason',
      'directory_subject.name as subject_name',
      'directory_subject.area_path',
    ]);
}

type Row =
  ReturnType<typeof selectCertificates> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toCertificate(row: Row): Certificate {
  return {
    id: binaryToId(row.id),
    subjectId: binaryToId(row.subject_id),
    subjectName: row.subject_name,
    areaPath: row.area_path,
    level: row.level as Certificate['level'],
    number: row.number,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    state: row.state as Certificate['state'],
    renews: binaryToIdOrNull(row.renews),
    withdrawalReason: row.withdrawal_reason,
  };
}

export async function findCertificate(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Certificate | null> {
  const row = await selectCertificates(db, scope)
    .where('one.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toCertificate(row) : null;
}

/** Certificates of a scope, newest first, one more than the limit. */
export async function listCertificates(
  db: Db,
  scope: AreaScope,
  filter: CertificateFilter,
  after: string | null,
  limit: number,
): Promise<Certificate[]> {
  const { subjectId, level, state, expiringBefore, search } = filter;
  let query = selectCertificates(db, scope);
  if (subjectId !== undefined) query = query.where('one.subject_id', '=', idToBinary(subjectId));
  if (level !== undefined) query = query.where('one.level', '=', level);
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (expiringBefore !== undefined) query = query.where('one.expires_on', '<', expiringBefore);
  if (search !== undefined) query = query.where('one.number', 'like', `${escapeLike(search)}%`);
  if (after !== null) query = query.where('one.id', '<', idToBinary(after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toCertificate);
}

export type NewCertificate = Pick<
  Certificate,
  'id' | 'subjectId' | 'level' | 'number' | 'issuedOn' | 'expiresOn' | 'renews'
>;

/** Throws a duplicate where a current certificate has the number. */
export async function insertCertificate(
  tx: Db,
  clock: ClockOffset,
  one: NewCertificate,
): Promise<void> {
  await tx
    .insertInto('directory_certificate')
    .values({
      id: idToBinary(one.id),
      subject_id: idToBinary(one.subjectId),
      level: one.level,
      number: one.number,
      current_number: one.number,
      issued_on: one.issuedOn,
      expires_on: one.expiresOn,
      state: 'current',
      renews: one.renews === null ? null : idToBinary(one.renews),
      withdrawal_reason: null,
      recorded_at: sqlNow(clock),
    })
    .execute();
}

/** Ends the currency of a certificate; returns whether it was the current one. */
export async function endCertificate(
  tx: Db,
  id: string,
  state: 'renewed' | 'withdrawn',
  withdrawalReason: string | null,
): Promise<boolean> {
  const result = await tx
    .updateTable('directory_certificate')
    .set({ state, current_number: null, withdrawal_reason: withdrawalReason })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'current')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes away the certificates of subjects, and the notices about them. */
export async function deleteCertificatesOf(tx: Db, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  const rows = await tx
    .selectFrom('directory_certificate')
    .select('id')
    .where('subject_id', 'in', subjectIds.map(idToBinary))
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  await tx.deleteFrom('directory_expiry_notice').where('certificate_id', 'in', ids).execute();
  await tx.deleteFrom('directory_certificate').where('id', 'in', ids).execute();
}
