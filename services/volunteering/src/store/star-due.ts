import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface OfProgramme {
  programmeId: string;
  personId: string;
}

/** The stars of a locked person are to be looked at: their verified minutes have changed. */
export async function markStarsDue(tx: Db, clock: ClockOffset, of: OfProgramme): Promise<void> {
  const due_at = sqlNow(clock);
  await tx
    .insertInto('volunteering_star_due')
    .values({
      programme_id: idToBinary(of.programmeId),
      person_id: idToBinary(of.personId),
      due_at,
    })
    .onDuplicateKeyUpdate({ due_at })
    .execute();
}

/** The stars of everybody in a programme: what they take has changed. */
export async function markAllStarsDue(
  tx: Db,
  clock: ClockOffset,
  programmeId: string,
): Promise<void> {
  const due_at = sqlNow(clock);
  await tx
    .insertInto('volunteering_star_due')
    .columns(['programme_id', 'person_id', 'due_at'])
    .expression(
      selectScoped(tx, 'volunteering_volunteer', everywhere)
        .select(['programme_id', 'person_id', due_at.as('due_at')])
        .where('programme_id', '=', idToBinary(programmeId)),
    )
    .onDuplicateKeyUpdate({ due_at })
    .execute();
}

export async function listStarsDue(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<OfProgramme[]> {
  const rows = await db
    .selectFrom('volunteering_star_due')
    .select(['programme_id', 'person_id'])
    .where('due_at', '<=', sqlNow(clock))
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    programmeId: binaryToId(row.programme_id),
    personId: binaryToId(row.person_id),
  }));
}

export async function clearStarsDue(tx: Db, of: OfProgramme): Promise<void> {
  await tx
    .deleteFrom('volunteering_star_due')
    .where('programme_id', '=', idToBinary(of.programmeId))
    .where('person_id', '=', idToBinary(of.personId))
    .execute();
}

/** Verified minutes of a person in a programme. */
export async function sumVerified(db: Db, of: OfProgramme): Promise<number> {
  const { minutes } = await selectScoped(db, 'volunteering_hours', everywhere)
    .select(({ fn }) => fn.sum<string | null>('minutes').as('minutes'))
    .where('person_id', '=', idToBinary(of.personId))
    .where('kind', '=', 'verified')
    .where('programme_id', '=', idToBinary(of.programmeId))
    .executeTakeFirstOrThrow();
  return Number(minutes ?? 0);
}

/** More people than ever confirm the hours of one volunteer; the board takes no more. */
const mostCounters = 199;

/** Who confirmed or corrected verified hours of a person. */
export async function listCounters(db: Db, { personId }: { personId: string }): Promise<string[]> {
  const ofPerson = selectScoped(db, 'volunteering_hours', everywhere)
    .where('volunteering_hours.person_id', '=', idToBinary(personId))
    .where('kind', '=', 'verified');
  const counted = await ofPerson
    .select('counted_by as id')
    .distinct()
    .limit(mostCounters)
    .execute();
  const corrected = await ofPerson
    .innerJoin('volunteering_correction as k', 'k.hours_id', 'volunteering_hours.id')
    .select('k.corrected_by as id')
    .distinct()
    .limit(mostCounters)
    .execute();
  // Correcting is what staff do, and staff alone answer objections.
  const ids = [...corrected, ...counted].map(({ id }) => binaryToId(id));
  return [...new Set(ids)].slice(0, mostCounters);
}
