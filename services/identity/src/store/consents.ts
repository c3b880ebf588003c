import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

type Db = Kysely<IdentityDatabase>;

export interface NewConsent {
  personId: string;
  kind: 'privacy';
  version: string;
  /** `self`, or how staff saw it given at the counter. */
  how: 'self' | 'spoken' | 'signed' | 'guardian';
  recordedBy: string | null;
}

export async function insertConsent(
  tx: Db,
  clock: ClockOffset,
  consent: NewConsent,
): Promise<void> {
  await tx
    .insertInto('identity_consent')
    .values({
      id: idToBinary(newId()),
      person_id: idToBinary(consent.personId),
      kind: consent.kind,
      version: consent.version,
      how: consent.how,
      recorded_by: consent.recordedBy === null ? null : idToBinary(consent.recordedBy),
      given_at: sqlNow(clock),
    })
    .execute();
}

export async function listConsents(db: Db, personId: string) {
  const rows = await db
    .selectFrom('identity_consent')
    .select(['kind', 'version', 'given_at'])
    .where('person_id', '=', idToBinary(personId))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ kind: row.kind, version: row.version, givenAt: row.given_at }));
}
