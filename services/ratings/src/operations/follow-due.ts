import { civilDateOf } from '@ddp/calendar/civil-date';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { type DueVerdict, decideDue, nextDueAt } from '../domain/follow-up.ts';
import { insertSteps } from '../store/follow-up-steps.ts';
import { readTerms } from '../store/follow-up-terms.ts';
import {
  type FollowUpRow,
  listDueFollowUps,
  lockFollowUp,
  saveFollowUp,
} from '../store/follow-ups.ts';
import { tellDesk, warnOfCalendar } from './open-follow-ups.ts';

const batchSize = 200;
const mostBatches = 50;

/** Hands overdue follow-ups to the level above and closes those whose fix nobody rated in time. */
export async function followDue(deps: RatingsDeps): Promise<void> {
  const { store, log } = deps;
  let after: Awaited<ReturnType<typeof listDueFollowUps>>[number] | null = null;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const due = await listDueFollowUps(store.db, store.clock, after, batchSize);
    for (const { id } of due) {
      await followOne(deps, id).catch((error: unknown) => {
        log.error({ err: error, followUpId: id }, 'a follow-up could not be moved on');
      });
    }
    after = due.at(-1) ?? null;
    if (due.length < batchSize) return;
  }
}

async function followOne(deps: RatingsDeps, id: string): Promise<void> {
  const { store } = deps;
  const run = async (tx: Transaction<RatingsDatabase>) => {
    const followUp = await lockFollowUp(tx, id);
    if (!followUp) return;
    const now = await readNow(tx, store.clock);
    const { terms } = await readTerms(tx, followUp.programmeId, civilDateOf(now));
    // A step at the last moment has moved it on, and then nothing is due.
    const verdict = decideDue(followUp, now, terms);
    switch (verdict.kind) {
      case 'not-due':
        return;
      case 'close':
        return close(deps, tx, followUp, now);
      case 'climb':
        return climb(deps, tx, followUp, verdict);
    }
  };
  await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
}

const byClock = { personId: null, role: null } as const;

async function close(
  { store }: RatingsDeps,
  tx: Transaction<RatingsDatabase>,
  followUp: FollowUpRow,
  now: Date,
): Promise<void> {
  const { id: followUpId, deskPath } = followUp;
  await saveFollowUp(tx, { ...followUp, state: 'closed', closedAt: now }, null);
  await insertSteps(tx, store.clock, [{ followUpId, ...byClock, step: 'closed', deskPath }]);
}

/** The level above has to accept it; at the city it stays with whom it is, who is told again. */
async function climb(
  { store, log }: RatingsDeps,
  tx: Transaction<RatingsDatabase>,
  followUp: FollowUpRow,
  { missed, missedAt, deskPath, clocks, isCalendarKnown }: DueVerdict & { kind: 'climb' },
): Promise<void> {
  const isHigher = deskPath !== followUp.deskPath;
  const higher = { state: 'open', ownerId: null, receiverId: null } as const;
  const moved: FollowUpRow = {
    ...followUp,
    ...clocks,
    ...(isHigher ? { ...higher, climbs: followUp.climbs + 1 } : { receiverId: null }),
    deskPath,
    overdueSince: followUp.overdueSince ?? missedAt,
    isCalendarKnown: followUp.isCalendarKnown && isCalendarKnown,
  };
  await saveFollowUp(tx, moved, nextDueAt(moved));
  const { id: followUpId } = followUp;
  const overdue = { step: 'overdue', code: missed, deskPath: followUp.deskPath } as const;
  await insertSteps(tx, store.clock, [
    { followUpId, ...byClock, ...overdue },
    ...(isHigher ? [{ followUpId, ...byClock, step: 'climbed' as const, deskPath }] : []),
  ]);
  warnOfCalendar(log, [{ id: followUpId, isCalendarKnown }]);
  const notice = tellDesk('follow-up-climbed', deskPath, moved.acceptBy);
  await appendEvents(tx, store, [notice], newId());
}
