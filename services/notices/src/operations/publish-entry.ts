import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { civilDateOf, yearOf } from '@ddp/calendar/civil-date';
import type { PayloadOf } from '@ddp/contracts/event';
import type { publicationRequested } from '@ddp/contracts/notices/events';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { publishEntry as route } from '@ddp/contracts/notices/routes';
import type { BoardEntry } from '@ddp/contracts/notices/schemas';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { formatReference, isPeriodValid } from '../domain/board.ts';
import { drawReferenceNumber, insertEntry, type NewEntry } from '../store/entries.ts';

/** Puts an entry on the public board. */
export async function publishEntry(
  deps: NoticesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { store, clock } = deps;
  const { personId } = requirePerson(principal);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'publish-entry', input: body };
  return runCommand(store, command, async (tx) => {
    // Within the command, so that a repeat on a later day still gets the first answer.
    if (!isPeriodValid(body, civilDateOf(clock.now()))) {
      throw new Problem(noticesProblems.periodInvalid);
    }
    const { title, text, fromOn, toOn } = body;
    const fields = { title, text, fromOn, toOn, areaPath, authorId: personId, subjectRef: null };
    const {
      subjectRef: _subject,
      authorId: _author,
      ...entry
    } = await writeEntry(deps, tx, {
      ...fields,
      id: newId(),
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'publish-entry',
      objectKind: 'entry',
      objectId: entry.id,
      detail: { reference: entry.reference, areaPath },
    });
    return { ...entry, state: 'published', withdrawalReason: null } satisfies BoardEntry;
  });
}

/** Puts on the board what a service asked for; the period is the producer's own decision. */
export async function publishRequested(
  deps: NoticesDeps,
  delivery: Delivery<PayloadOf<typeof publicationRequested>>,
): Promise<void> {
  const { entryId, authorPersonId, ...fields } = delivery.payload;
  await handleOnce(deps.store, delivery, async (tx) => {
    const entry = { ...fields, id: entryId, authorId: authorPersonId };
    await writeEntry(deps, tx, entry).catch((error: unknown) => {
      // Asked for again in another event: the first stays.
      if (!isDuplicate(error)) throw error;
    });
  });
}

async function writeEntry(
  { store, clock }: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  fields: Omit<NewEntry, 'reference'>,
): Promise<NewEntry> {
  const year = yearOf(civilDateOf(clock.now()));
  const reference = formatReference(year, await drawReferenceNumber(tx, year));
  const entry = { ...fields, reference };
  await insertEntry(tx, store.clock, entry);
  return entry;
}
