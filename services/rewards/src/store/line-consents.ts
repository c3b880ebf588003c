import type { NewConsent } from '@ddp/contracts/consent';
import type { Role } from '@ddp/contracts/permission';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface NewLineConsent {
  /** The waiting place that staff acted for. */
  subjectId: string;
  act: 'joining' | 'withdrawal';
  areaPath: string;
  by: { personId: string; role: Role };
  consent: NewConsent;
}

/** Writes down under which consent staff acted for somebody in a line. */
export async function insertLineConsent(
  tx: Db,
  clock: ClockOffset,
  { subjectId, act, areaPath, by, consent }: NewLineConsent,
): Promise<void> {
  await tx
    .insertInto('rewards_line_consent')
    .values({
      subject_id: idToBinary(subjectId),
      act,
      area_path: areaPath,
      assisted_by: idToBinary(by.personId),
      assisted_by_role: by.role,
      consent: consent.kind,
      consent_words: consent.words,
      consented_on: consent.on,
      acted_at: sqlNow(clock),
    })
    .execute();
}

/** Where somebody lives whom staff of the scope put into a line; null for anything else. */
export async function findLineArea(
  db: Db,
  subjectId: string,
  scope: AreaScope,
): Promise<string | null> {
  const row = await selectScoped(db, 'rewards_line_consent', scope)
    .select('area_path')
    .where('subject_id', '=', idToBinary(subjectId))
    .where('act', '=', 'joining')
    .executeTakeFirst();
  return row?.area_path ?? null;
}

/** The waiting places that staff of the scope took for others, newest first, one more than the limit. */
export async function listAssistedPlaces(
  db: Db,
  scope: AreaScope,
  page: { personId: string | undefined; after: string | null; limit: number },
): Promise<string[]> {
  let query = selectScoped(db, 'rewards_line_consent', scope)
    .innerJoin('rewards_waiting_place as place', 'place.id', 'rewards_line_consent.subject_id')
    .select('place.id')
    .where('rewards_line_consent.act', '=', 'joining');
  if (page.personId !== undefined) {
    query = query.where('place.person_id', '=', idToBinary(page.personId));
  }
  if (page.after !== null) query = query.where('place.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('place.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** Drops what was said of a person's consents, and who wrote consents down. */
export async function cutLineTies(tx: Db, personId: string, standInId: string): Promise<void> {
  const person = idToBinary(personId);
  const standIn = idToBinary(standInId);
  await tx
    .updateTable('rewards_line_consent')
    .set({ assisted_by: standIn })
    .where('assisted_by', '=', person)
    .execute();
  await tx
    .updateTable('rewards_line_consent')
    .set({ consent_words: '' })
    .where('subject_id', 'in', ({ selectFrom }) =>
      selectFrom('rewards_waiting_place as place')
        .select('place.id')
        .where('place.person_id', '=', person),
    )
    .execute();
  await tx
    .updateTable('rewards_waiting_place')
    .set({ person_id: standIn, person_name: '***' })
    .where('person_id', '=', person)
    .execute();
}
