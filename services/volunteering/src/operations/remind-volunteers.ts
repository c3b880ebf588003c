import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minuteOf } from '../domain/minute-of.ts';
import {
  lapseWaiting,
  listDueReminders,
  type StoredSignUp,
  takeReminder,
} from '../store/sign-ups.ts';

const batchSize = 200;

/** Ends the waiting for shifts that have begun, and reminds of those to come, each once. */
export async function remindVolunteers(deps: VolunteeringDeps): Promise<void> {
  const { store, log } = deps;
  await lapseWaiting(store.db, store.clock);
  const due = await listDueReminders(store.db, store.clock, batchSize);
  for (const one of due) {
    await remind(deps, one).catch((error: unknown) => {
      log.error({ err: error, signUpId: one.id }, 'a volunteer could not be reminded');
    });
  }
  if (due.length > 0) store.onCommit();
}

function remind({ store }: VolunteeringDeps, one: StoredSignUp): Promise<void> {
  const { personId, title, startsAt, place } = one;
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'shift-reminder',
    params: { activity: title, at: minuteOf(startsAt), place },
  });
  const run = async (tx: Transaction<VolunteeringDatabase>) => {
    const isMine = await takeReminder(tx, one.id);
    // Who still waits has nothing to come to yet.
    if (!isMine || one.state !== 'signed') return;
    await appendEvents(tx, store, [told], `remind-${newId()}`);
  };
  return transact(store.db, run, { isRepeatable: true });
}
