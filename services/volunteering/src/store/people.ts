import type { NewConsent } from '@ddp/contracts/consent';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/**
 * Locks the row of a person, making it where there is none; false when the person left. What one
 * person does takes turns by it, so that no two shifts of theirs overlap and nothing begins behind an
 * erasure.
 */
export async function lockPerson(tx: Db, personId: string): Promise<boolean> {
  const id = idToBinary(personId);
  await tx
    .insertInto('volunteering_person')
    .values({ person_id: id, left_at: null })
    .onDuplicateKeyUpdate({ person_id: id })
    .execute();
  const row = await tx
    .selectFrom('volunteering_person')
    .select('left_at')
    .where('person_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.left_at === null;
}

export async function markPersonLeft(tx: Db, clock: ClockOffset, personId: string): Promise<void> {
  await tx
    .updateTable('volunteering_person')
    .set({ left_at: sqlNow(clock) })
    .where('person_id', '=', idToBinary(personId))
    .where('left_at', 'is', null)
    .execute();
}

export type AssistedAct =
  | 'profile'
  | 'guardian'
  | 'sign-up'
  | 'cancellation'
  | 'membership'
  | 'order'
  | 'order-cancellation'
  | 'order-confirmation'
  | 'certificate';

/** Keeps that staff did something for somebody, and how it was agreed to. */
export async function insertAssistance(
  tx: Db,
  clock: ClockOffset,
  one: {
    act: AssistedAct;
    objectId: string;
    personId: string;
    by: PersonPrincipal;
    consent: NewConsent;
  },
): Promise<void> {
  const { act, objectId, personId, by, consent } = one;
  await tx
    .insertInto('volunteering_assistance')
    .values({
      id: idToBinary(newId()),
      act,
      object_id: idToBinary(objectId),
      person_id: idToBinary(personId),
      assisted_by: idToBinary(by.personId),
      assisted_by_role: by.role,
      consent: consent.kind,
      consent_words: consent.words,
      consented_on: consent.on,
      acted_at: sqlNow(clock),
    })
    .execute();
}

/** Whether somebody acted for the one whom an object is about. */
export async function hasAssisted(db: Db, objectId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('volunteering_assistance')
    .select('id')
    .where('object_id', '=', idToBinary(objectId))
    .where('assisted_by', '=', idToBinary(personId))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Where a person is named for what they did or decided. */
const personColumns = [
  ['volunteering_member', 'person_id'],
  ['volunteering_member', 'live_person_id'],
  ['volunteering_member', 'decided_by'],
  ['volunteering_activity', 'beneficiary_id'],
  ['volunteering_activity', 'changed_by'],
  ['volunteering_activity', 'submitted_by'],
  ['volunteering_activity', 'decided_by'],
  ['volunteering_sign_up', 'person_id'],
  ['volunteering_sign_up', 'live_person_id'],
  ['volunteering_substitution', 'holder_id'],
  ['volunteering_substitution', 'asked_id'],
  ['volunteering_attendance', 'person_id'],
  ['volunteering_attendance', 'present_person_id'],
  ['volunteering_attendance', 'confirmed_by'],
  ['volunteering_scan', 'scanned_by'],
  ['volunteering_hours', 'person_id'],
  ['volunteering_hours', 'counted_by'],
  ['volunteering_day', 'person_id'],
  ['volunteering_statistic_member', 'object_id'],
  ['volunteering_project', 'changed_by'],
  ['volunteering_project', 'decided_by'],
  ['volunteering_correction', 'corrected_by'],
  ['volunteering_review', 'reviewed_by'],
  ['volunteering_menu_item', 'proposed_by'],
  ['volunteering_menu_item', 'decided_by'],
  ['volunteering_order', 'person_id'],
  ['volunteering_order', 'volunteer_id'],
  ['volunteering_order', 'live_volunteer_id'],
  ['volunteering_order', 'decided_by'],
  ['volunteering_subject', 'person_id'],
  ['volunteering_star', 'person_id'],
  ['volunteering_star', 'answered_by'],
  ['volunteering_star', 'appeal_recorded_by'],
  ['volunteering_star', 'decided_by'],
  ['volunteering_recognition_rules', 'set_by'],
  ['volunteering_certificate', 'person_id'],
  ['volunteering_certificate', 'requested_by'],
  ['volunteering_certificate', 'revoked_by'],
  ['volunteering_assistance', 'person_id'],
  ['volunteering_assistance', 'assisted_by'],
] as const;

/**
 * Takes the person out of every row: an id that leads nowhere stands in the person's place, so that
 * counts stay. The profile goes, and with it what leads to the accounts in the ledger.
 */
export async function cutTies(tx: Db, personId: string, standInId: string): Promise<void> {
  const person = idToBinary(personId);
  const standIn = idToBinary(standInId);
  for (const [table, column] of personColumns) {
    await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${standIn}
      WHERE ${sql.ref(column)} = ${person}`.execute(tx);
  }
  await sql`UPDATE volunteering_order SET person_name = '***' WHERE person_id = ${standIn}`.execute(
    tx,
  );
  // The words of a consent may name people.
  await tx
    .updateTable('volunteering_assistance')
    .set({ consent_words: '***' })
    .where('person_id', '=', standIn)
    .execute();
  await sql`UPDATE volunteering_star SET appeal = '***', decision = IF(decision IS NULL, NULL, '***')
    WHERE person_id = ${standIn} AND appeal IS NOT NULL`.execute(tx);
  await tx.deleteFrom('volunteering_star_due').where('person_id', '=', person).execute();
  await tx.deleteFrom('volunteering_star_naming').where('person_id', '=', person).execute();
  await tx.deleteFrom('volunteering_volunteer_skill').where('person_id', '=', person).execute();
  await tx.deleteFrom('volunteering_volunteer').where('person_id', '=', person).execute();
  await tx
    .deleteFrom('volunteering_idempotency')
    .where('scope', '=', `person:${personId}`)
    .execute();
}
