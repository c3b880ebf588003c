import { entryClosed, objectionAnswered, objectionSubmitted } from '@ddp/contracts/notices/events';
import type { EntryOutcome } from '@ddp/contracts/notices/schemas';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';

export interface ToldEntry {
  entry: { id: string; subjectRef: string | null };
  requestId: string;
}

type Tx = Transaction<NoticesDatabase>;

/** Tells, with the change itself, the service that asked for the entry; staff look for themselves. */
async function tell(
  { store }: NoticesDeps,
  tx: Tx,
  { entry, requestId }: ToldEntry,
  eventOf: (named: { entryId: string; subjectRef: string }) => OutgoingEvent,
): Promise<void> {
  const { id: entryId, subjectRef } = entry;
  if (subjectRef === null) return;
  await appendEvents(tx, store, [eventOf({ entryId, subjectRef })], requestId);
}

export function tellOfObjection(
  deps: NoticesDeps,
  tx: Tx,
  told: ToldEntry & { objectionId: string },
): Promise<void> {
  const { objectionId } = told;
  return tell(deps, tx, told, (named) => outgoing(objectionSubmitted, { ...named, objectionId }));
}

export function tellOfAnswer(
  deps: NoticesDeps,
  tx: Tx,
  told: ToldEntry & { objectionId: string },
  answer: { verdict: 'upheld' | 'rejected'; answeredBy: string },
): Promise<void> {
  const { objectionId } = told;
  return tell(deps, tx, told, (named) =>
    outgoing(objectionAnswered, { ...named, objectionId, ...answer }),
  );
}

export function tellOfEnding(
  deps: NoticesDeps,
  tx: Tx,
  told: ToldEntry,
  outcome: EntryOutcome,
): Promise<void> {
  return tell(deps, tx, told, (named) => outgoing(entryClosed, { ...named, outcome }));
}
