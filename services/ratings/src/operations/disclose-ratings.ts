import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { type Hidden, listHidden, markDisclosed } from '../store/disclosures.ts';
import { readTerms } from '../store/follow-up-terms.ts';

const usualPages = { pageSize: 200, pagesPerRun: 10 };

type Deps = Pick<RatingsDeps, 'store' | 'log'>;

/**
 * Lets the rated know of bad ratings whose rater agreed to be named, or that are told in a group of
 * five raters or more; from that day runs the time to appeal. A run goes on where the one before
 * ended, so that ratings that stay hidden do not hold up those behind them.
 */
export function createDiscloser(
  deps: Deps,
  { pageSize, pagesPerRun } = usualPages,
): () => Promise<void> {
  const { store, log } = deps;
  let last: Hidden | null = null;
  return async () => {
    for (let page = 0; page < pagesPerRun; page += 1) {
      const rows: Hidden[] = await listHidden(store.db, last, pageSize);
      last = rows.length < pageSize ? null : (rows.at(-1) ?? null);
      for (const one of rows.filter(({ isDisclosable }) => isDisclosable)) {
        await disclose(deps, one).catch((error: unknown) => {
          log.error({ err: error, followUpId: one.id }, 'a rating could not be disclosed');
        });
      }
      if (last === null) return;
    }
  };
}

async function disclose(
  { store }: Deps,
  { id, programmeId, subjectPersonId }: Hidden,
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
