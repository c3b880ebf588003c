import type { FollowUp } from '@ddp/contracts/ratings/follow-ups';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { FollowUpStep } from '../domain/follow-up.ts';

type Db = Kysely<RatingsDatabase>;

export interface Step {
  step: FollowUpStep;
  /** Null for the clock. */
  personId: string | null;
  role: string | null;
  deskPath: string;
  toPersonId?: string | null;
  code?: string | null;
  words?: string | null;
}

export interface TakenStep extends Required<Step> {
  at: Date;
}

/** Adds lines to histories, in order. */
export async function insertSteps(
  tx: Db,
  clock: ClockOffset,
  steps: readonly (Step & { followUpId: string })[],
): Promise<void> {
  await tx
    .insertInto('ratings_follow_up_step')
    .values(
      steps.map((one) => ({
        id: idToBinary(newId()),
        follow_up_id: idToBinary(one.followUpId),
        step: one.step,
        taken_at: sqlNow(clock),
        person_id: one.personId === null ? null : idToBinary(one.personId),
        role: one.role,
        desk_path: one.deskPath,
        to_person_id: one.toPersonId ? idToBinary(one.toPersonId) : null,
        code: one.code ?? null,
        words: one.words ?? null,
      })),
    )
    .execute();
}

/** Lines shown of one history; a longer one shows its latest. */
const longestHistory = 500;

/** The histories of some follow-ups, each in the order in which it happened. */
export async function listSteps(
  db: Db,
  followUpIds: readonly FollowUp['id'][],
): Promise<Map<string, TakenStep[]>> {
  const found = new Map<string, TakenStep[]>();
  if (followUpIds.length === 0) return found;
  const rows = await db
    .selectFrom('ratings_follow_up_step')
    .selectAll()
    .where('follow_up_id', 'in', followUpIds.map(idToBinary))
    .orderBy('id', 'desc')
    .limit(longestHistory * followUpIds.length)
    .execute();
  for (const row of rows.toReversed()) {
    const id = binaryToId(row.follow_up_id);
    const steps = found.get(id) ?? [];
    found.set(id, steps);
    steps.push({
      step: row.step as FollowUpStep,
      at: row.taken_at,
      personId: binaryToIdOrNull(row.person_id),
      role: row.role,
      deskPath: row.desk_path,
      toPersonId: binaryToIdOrNull(row.to_person_id),
      code: row.code,
      words: row.words,
    });
  }
  return found;
}
