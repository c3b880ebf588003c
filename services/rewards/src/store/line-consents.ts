import type { NewConsent } from '@ddp/contracts/consent';
import type { Role } from '@ddp/contracts/permission';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface NewLineConsent {
  /** The waiting place or the entry that staff acted for. */
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

/** Under which consent staff put somebody into a line, and who they were; null where nobody did. */
export async function findLineConsent(
  db: Db,
  subjectId: string,
): Promise<Pick<NewLineConsent, 'areaPath' | 'by' | 'consent'> | null> {
  const row = await selectScoped(db, 'rewards_line_consent', everywhere)
    .selectAll()
    .where('subject_id', '=', idToBinary(subjectId))
    .where('act', '=', 'joining')
    .executeTakeFirst();
  if (!row) return null;
  return {
    areaPath: row.area_path,
    by: { personId: binaryToId(row.assisted_by), role: row.assisted_by_role as Role },
    consent: {
      kind: row.consent as NewConsent['kind'],
      words: row.consent_words,
      on: row.consented_on,
    },
  };
}

const lineTables = ['rewards_waiting_place', 'rewards_draw_entry'] as const;
const lineOf = (table: (typeof lineTables)[number]) =>
  sql<{ id: Buffer; person_id: Buffer }>`${sql.table(table)}`.as('line');

/** What staff of the scope did for others in lines of a kind, newest first, one more than the limit. */
export async function listAssistedIn(
  db: Db,
  table: (typeof lineTables)[number],
  scope: AreaScope,
  page: { personId: string | undefined; after: string | null; limit: number },
): Promise<string[]> {
  let query = selectScoped(db, 'rewards_line_consent', scope)
    .innerJoin(lineOf(table), 'line.id', 'rewards_line_consent.subject_id')
    .select('line.id')
    .where('rewards_line_consent.act', '=', 'joining');
  if (page.personId !== undefined) {
    query = query.where('line.person_id', '=', idToBinary(page.personId));
  }
  if (page.after !== null) query = query.where('line.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('line.id', 'desc')
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
  for (const table of lineTables) {
    await tx
      .updateTable('rewards_line_consent')
      .set({ consent_words: '' })
      .where('subject_id', 'in', ({ selectFrom }) =>
        selectFrom(lineOf(table)).select('line.id').where('line.person_id', '=', person),
      )
      .execute();
  }
  await tx
    .updateTable('rewards_waiting_place')
    .set({ person_id: standIn, person_name: '***' })
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_draw_entry')
    .set({ person_id: standIn })
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_draw_entry')
    .set({ standing_person_id: standIn })
    .where('standing_person_id', '=', person)
    .execute();
}
