import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { type Disclosable, listDisclosable, markDisclosed } from '../store/disclosures.ts';
import { readTerms } from '../store/follow-up-terms.ts';

const batchSize = 200;

/**
 * Lets the rated know of bad ratings as soon as enough ratings have come in to hide who gave them;
 * from that day runs the time to appeal.
 */
export async function discloseRatings(deps: RatingsDeps): Promise<void> {
  const { store, log } = deps;
  for (const one of await listDisclosable(store.db, batchSize)) {
    await disclose(deps, one).catch((error: unknown) => {
      log.error({ err: error, followUpId: one.id }, 'a rating could not be disclosed');
    });
  }
}

async function disclose(
  { store }: RatingsDeps,
  { id, programmeId, subjectPersonId }: Disclosable,
): Promise<void> {
  const run = async (tx: Transaction<RatingsDatabase>) => {
    const today = civilDateOf(await readNow(tx, store.clock));
    const { terms } = await readTerms(tx, programmeId, today);
    const lastDay = addDays(today, terms.appealDays);
    if (!(await markDisclosed(tx, store.clock, id, startOf(addDays(lastDay, 1))))) return;
    if (subjectPersonId === null) return;
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'person', personId: subjectPersonId },
      template: 'rating-appealable',
      params: { until: lastDay },
    });
    await appendEvents(tx, store, [notice], newId());
  };
  await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
}
