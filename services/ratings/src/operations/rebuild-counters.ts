import type { ServiceStore } from '@ddp/db-kit/command';
import { transact } from '@ddp/db-kit/transact';
import type { RatingsDatabase } from '../database.ts';
import { decideCorrections } from '../domain/cell.ts';
import { correctCounters, listRatedSubjects, lockCounters, recount } from '../store/counters.ts';
import { noId } from '../store/rows.ts';

const subjectsPerPage = 200;

export interface Rebuilt {
  subjects: number;
  /** Counters that said something else than their ratings. */
  corrected: number;
}

/**
 * Writes every counter anew from the ratings, subject by subject, also while ratings come: a rating
 * that is being counted waits for its subject and is added to what was written.
 */
export async function rebuildCounters({
  db,
}: Pick<ServiceStore<RatingsDatabase>, 'db'>): Promise<Rebuilt> {
  const rebuilt = { subjects: 0, corrected: 0 };
  let after: Buffer = noId;
  for (;;) {
    const subjects = await listRatedSubjects(db, after, subjectsPerPage);
    for (const subject of subjects) {
      rebuilt.corrected += await transact(db, async (tx) => {
        const kept = await lockCounters(tx, subject);
        const corrections = decideCorrections(await recount(tx, subject), kept);
        await correctCounters(tx, corrections);
        return corrections.length;
      });
    }
    rebuilt.subjects += subjects.length;
    const last = subjects.at(-1);
    if (last === undefined || subjects.length < subjectsPerPage) return rebuilt;
    after = last;
  }
}
