import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { type CivilDate, yearOf } from '@ddp/calendar/civil-date';
import { addWorkingDays } from '@ddp/calendar/working-days';
import type { PayloadOf } from '@ddp/contracts/event';
import { entryPosted, type publicationRequested } from '@ddp/contracts/notices/events';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { publishEntry as route } from '@ddp/contracts/notices/routes';
import type { BoardEntry } from '@ddp/contracts/notices/schemas';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { formatReference, isPeriodValid } from '../domain/board.ts';
import { readToday } from '../store/closings.ts';
import { drawReferenceNumber, findEntry, insertEntry, type NewEntry } from '../store/entries.ts';
import { forgetGone } from './forget-person.ts';

/** Puts an entry on the public board. */
export async function publishEntry(
  deps: NoticesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { store } = deps;
  const { personId } = requirePerson(principal);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'publish-entry', input: body };
  return runCommand(store, command, async (tx) => {
    // Within the command, so that a repeat on a later day still gets the first answer.
    const today = await readToday(tx, store.clock);
    if (!isPeriodValid(body, today)) {
      throw new Problem(noticesProblems.periodInvalid);
    }
    const { title, text, fromOn, toOn } = body;
    const fields = { title, text, fromOn, toOn, areaPath, authorId: personId };
    const unnamed = { namedAs: null, namingVersion: 0 };
    const own = { ...fields, ...unnamed, id: newId(), subjectRef: null, excludedIds: [] };
    const entry = await writeEntry(deps, tx, own, today);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'publish-entry',
      objectKind: 'entry',
      objectId: entry.id,
      detail: { reference: entry.reference, areaPath },
    });
    return entry;
  });
}

/**
 * Puts on the board what a service asked for, from today to the end of the n-th working day after,
 * and tells it so.
 */
export async function publishRequested(
  deps: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof publicationRequested>>,
): Promise<void> {
  const { entryId, subjectRef, authorPersonId, excludedPersonIds, workingDays, ...fields } =
    delivery.payload;
  const { store, log } = deps;
  await handleOnce(store, delivery, async (tx) => {
    // Asked for again in another event: the first stays.
    if (await findEntry(tx, entryId)) return;
    const fromOn = await readToday(tx, store.clock);
    const { date: toOn, beyondData } = addWorkingDays(fromOn, workingDays);
    if (beyondData) log.warn({ entryId, toOn }, 'the holidays of the period are not known yet');
    const own = { ...fields, id: entryId, subjectRef, authorId: authorPersonId, fromOn, toOn };
    const entry = { ...own, excludedIds: excludedPersonIds };
    const { reference } = await writeEntry(deps, tx, entry, fromOn);
    await forgetGone(
      tx,
      [authorPersonId, ...excludedPersonIds].filter((id) => id !== null),
    );
    const posted = outgoing(entryPosted, { entryId, subjectRef, reference, fromOn, toOn });
    await appendEvents(tx, store, [posted], delivery.requestId);
  });
}

async function writeEntry(
  { store }: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  fields: Omit<NewEntry, 'reference'>,
  today: CivilDate,
): Promise<BoardEntry> {
  const year = yearOf(today);
  const reference = formatReference(year, await drawReferenceNumber(tx, year));
  await insertEntry(tx, store.clock, { ...fields, reference });
  const { id, areaPath, title, text, fromOn, toOn } = fields;
  const shown = { id, reference, areaPath, title, text, fromOn, toOn };
  const { namedAs } = fields;
  return { ...shown, namedAs, state: 'published', outcome: null, withdrawalReason: null };
}
