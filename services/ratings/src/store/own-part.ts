import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

/** Somebody who asks, and the organizations that they serve in. */
export interface Asker {
  personId: string;
  unitIds: readonly string[];
}

/** Holds of rows that are about neither the asker nor an organization they serve in. */
export function isOfOthers(
  { personId, unitIds }: Asker,
  { person, unit }: { person: string; unit: string },
): RawBuilder<boolean> {
  const isOther = sql<boolean>`NOT (${sql.ref(person)} <=> ${idToBinary(personId)})`;
  if (unitIds.length === 0) return isOther;
  const units = sql.join(unitIds.map(idToBinary));
  return sql<boolean>`${isOther} AND NOT (${sql.ref(person)} IS NULL
    AND COALESCE(${sql.ref(unit)} IN (${units}), FALSE))`;
}

/** The same of a rating that was read. */
export function isAboutOther(
  { personId, unitIds }: Asker,
  { subjectPersonId, unitId }: { subjectPersonId: string | null; unitId: string | null },
): boolean {
  if (subjectPersonId !== null) return subjectPersonId !== personId;
  return unitId === null || !unitIds.includes(unitId);
}

export const ratedColumns = {
  person: 'ratings_rating.subject_person_id',
  unit: 'ratings_rating.unit_id',
};

export const followedColumns = {
  person: 'ratings_follow_up.subject_person_id',
  unit: 'ratings_follow_up.subject_unit_id',
};

/** Whether a case has a rating by the asker, of them, or of an organization they serve in. */
export async function hasPartInCase(
  tx: Kysely<RatingsDatabase>,
  caseId: string,
  asker: Asker,
): Promise<boolean> {
  const row = await selectScoped(tx, 'ratings_rating', everywhere)
    .innerJoin('ratings_case_rating as one', 'one.rating_id', 'ratings_rating.id')
    .select('ratings_rating.id')
    .where('one.case_id', '=', idToBinary(caseId))
    .where((eb) =>
      eb.or([
        eb('ratings_rating.person_id', '=', idToBinary(asker.personId)),
        eb.not(isOfOthers(asker, ratedColumns)),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
