import type {
  CertificateFailure,
  CertificateState,
} from '@ddp/contracts/volunteering/certificates';
import type { HoursKind } from '@ddp/contracts/volunteering/hours';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { SealedPaper } from '../certificate-keys.ts';
import type { VolunteeringDatabase } from '../database.ts';
import type { CertificateItem } from '../domain/certificate.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface NewCertificate {
  id: string;
  programmeId: string;
  personId: string;
  areaPath: string;
  maskedName: string;
  number: string;
  token: string;
  fromOn: string;
  untilOn: string;
  includesRecorded: boolean;
  verifiedMinutes: number;
  recordedMinutes: number;
  issuer: string;
  contact: string;
  requestedBy: string;
  isAssisted: boolean;
}

export interface StoredCertificate extends NewCertificate {
  state: CertificateState;
  failure: CertificateFailure | null;
  requestedAt: Date;
  issuedOn: string | null;
  paperDigest: string | null;
  revokedAt: Date | null;
  revocation: string | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_certificate', scope).selectAll('volunteering_certificate');
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toCertificate(row: Row): StoredCertificate {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    personId: binaryToId(row.person_id),
    areaPath: row.area_path,
    maskedName: row.masked_name,
    number: row.number,
    token: row.token,
    state: row.state as CertificateState,
    failure: row.failure as CertificateFailure | null,
    fromOn: row.from_on,
    untilOn: row.until_on,
    includesRecorded: row.includes_recorded === 1,
    verifiedMinutes: row.verified_minutes,
    recordedMinutes: row.recorded_minutes,
    issuer: row.issuer,
    contact: row.contact,
    requestedBy: binaryToId(row.requested_by),
    isAssisted: row.is_assisted === 1,
    requestedAt: row.requested_at,
    issuedOn: row.issued_on,
    paperDigest: row.paper_digest,
    revokedAt: row.revoked_at,
    revocation: row.revocation,
  };
}

/** False where the number is another's: draw anew. */
export async function insertCertificate(
  tx: Db,
  clock: ClockOffset,
  one: NewCertificate,
): Promise<boolean> {
  const insert = tx.insertInto('volunteering_certificate').values({
    id: idToBinary(one.id),
    programme_id: idToBinary(one.programmeId),
    person_id: idToBinary(one.personId),
    area_path: one.areaPath,
    masked_name: one.maskedName,
    number: one.number,
    token: one.token,
    state: 'requested',
    from_on: one.fromOn,
    until_on: one.untilOn,
    includes_recorded: one.includesRecorded ? 1 : 0,
    verified_minutes: one.verifiedMinutes,
    recorded_minutes: one.recordedMinutes,
    issuer: one.issuer,
    contact: one.contact,
    requested_by: idToBinary(one.requestedBy),
    is_assisted: one.isAssisted ? 1 : 0,
    requested_at: sqlNow(clock),
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function findCertificate(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredCertificate | null> {
  const row = await select(db, scope).where('id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toCertificate(row) : null;
}

/** The one that was issued under a token, a number, or as a file of this digest. */
export async function findIssued(
  db: Db,
  by: { token: string } | { number: string } | { paper_digest: string },
): Promise<StoredCertificate | null> {
  let query = select(db, everywhere).where('state', 'in', ['issued', 'revoked']);
  if ('token' in by) query = query.where('token', '=', by.token);
  else if ('number' in by) query = query.where('number', '=', by.number);
  else query = query.where('paper_digest', '=', by.paper_digest);
  const row = await query.executeTakeFirst();
  return row ? toCertificate(row) : null;
}

/** The newest first, one more than the limit. */
export async function listCertificates(
  db: Db,
  of: { scope: AreaScope } | { personId: string },
  state: CertificateState | undefined,
  page: { after: string | null; limit: number },
): Promise<StoredCertificate[]> {
  let query = select(db, 'scope' in of ? of.scope : everywhere);
  if ('personId' in of) query = query.where('person_id', '=', idToBinary(of.personId));
  if (state !== undefined) query = query.where('state', '=', state);
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toCertificate);
}

/** How many of a person were asked for since an instant. */
export async function countCertificates(tx: Db, personId: string, since: Date): Promise<number> {
  const { count } = await selectScoped(tx, 'volunteering_certificate', everywhere)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', idToBinary(personId))
    .where('requested_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Hours of a person by their first day, as they are now; of those that count nothing, none. */
export async function listItemsOf(
  db: Db,
  of: Pick<NewCertificate, 'personId' | 'programmeId' | 'fromOn' | 'untilOn' | 'includesRecorded'>,
): Promise<CertificateItem[]> {
  const kinds: HoursKind[] = of.includesRecorded ? ['verified', 'recorded'] : ['verified'];
  const rows = await selectScoped(db, 'volunteering_hours', everywhere)
    .innerJoin('volunteering_team as team', 'team.id', 'volunteering_hours.team_id')
    .select(['volunteering_hours.id', 'version', 'kind', 'title', 'on_day', 'minutes'])
    .select('team.name as team_name')
    .where('person_id', '=', idToBinary(of.personId))
    .where('kind', 'in', kinds)
    .where('volunteering_hours.programme_id', '=', idToBinary(of.programmeId))
    .where('on_day', '>=', of.fromOn)
    .where('on_day', '<=', of.untilOn)
    .where('minutes', '>', 0)
    .orderBy('on_day')
    .orderBy('volunteering_hours.id')
    .execute();
  return rows.map((row) => ({
    hoursId: binaryToId(row.id),
    version: row.version,
    kind: row.kind as HoursKind,
    title: row.title,
    teamName: row.team_name,
    on: row.on_day,
    minutes: row.minutes,
  }));
}

/** The job is at work; false where it is over. */
export async function markMaking(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('volunteering_certificate')
    .set({ state: 'making' })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', ['requested', 'making'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface Issue {
  issuedOn: string;
  paperDigest: string;
  paper: SealedPaper;
  items: readonly CertificateItem[];
  verifiedMinutes: number;
  recordedMinutes: number;
}

/** Writes what was issued, once; false where it was issued or failed before. */
export async function issueCertificate(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { issuedOn, paperDigest, paper, items, verifiedMinutes, recordedMinutes }: Issue,
): Promise<boolean> {
  const certificate = idToBinary(id);
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_certificate')
    .set({
      ...{ state: 'issued', issued_on: issuedOn, issued_at: sqlNow(clock) },
      ...{ paper_digest: paperDigest },
      ...{ verified_minutes: verifiedMinutes, recorded_minutes: recordedMinutes },
    })
    .where('id', '=', certificate)
    .where('state', 'in', ['requested', 'making'])
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  const { keyId: key_id, sealed, sealedDigest: sealed_digest } = paper;
  await tx
    .insertInto('volunteering_certificate_paper')
    .values({ certificate_id: certificate, key_id, sealed, sealed_digest })
    .execute();
  for (let from = 0; from < items.length; from += 500) {
    const rows = items.slice(from, from + 500).map(({ hoursId, version, kind, minutes }) => ({
      ...{ certificate_id: certificate, hours_id: idToBinary(hoursId), version, kind, minutes },
    }));
    await tx.insertInto('volunteering_certificate_item').values(rows).execute();
  }
  return true;
}

export async function failCertificate(
  tx: Db,
  id: string,
  failure: CertificateFailure,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_certificate')
    .set({ state: 'failed', failure })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', ['requested', 'making'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function revokeCertificate(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_certificate')
    .set({
      state: 'revoked',
      revoked_by: idToBinary(by),
      revoked_at: sqlNow(clock),
      revocation: reason,
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issued')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The paper as it is kept; null once its person was erased. */
export async function findPaper(db: Db, id: string): Promise<SealedPaper | null> {
  const row = await db
    .selectFrom('volunteering_certificate_paper')
    .select(['key_id', 'sealed', 'sealed_digest'])
    .where('certificate_id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? { keyId: row.key_id, sealed: row.sealed, sealedDigest: row.sealed_digest } : null;
}

/**
 * The papers of a person go and their names, and what was not made is not made any more. What was
 * issued can still be checked by its digest, which tells nothing of its person.
 */
export async function dropPapersOf(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  const own = selectScoped(tx, 'volunteering_certificate', everywhere)
    .select('id')
    .where('person_id', '=', person);
  await tx
    .deleteFrom('volunteering_certificate_paper')
    .where('certificate_id', 'in', own)
    .execute();
  await tx
    .updateTable('volunteering_certificate')
    .set({ state: 'failed', failure: 'name-unknown' })
    .where('person_id', '=', person)
    .where('state', 'in', ['requested', 'making'])
    .execute();
  await tx
    .updateTable('volunteering_certificate')
    .set({ masked_name: '***' })
    .where('person_id', '=', person)
    .execute();
}
