import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { CallProblem } from '@ddp/contracts/call';
import { readPerson } from '@ddp/contracts/identity/routes';
import { noticesProblems } from '@ddp/contracts/notices/problems';
import type { submitObjection as route } from '@ddp/contracts/notices/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { NoticesDatabase } from '../database.ts';
import type { NoticesDeps } from '../deps.ts';
import { concerns, isOnBoard, officersOver } from '../domain/board.ts';
import { countObjection, readToday } from '../store/closings.ts';
import { lockEntry, type StoredEntry } from '../store/entries.ts';
import { findObjection, insertObjection } from '../store/objections.ts';
import { toObjection } from './list-objections.ts';
import { writeMessage } from './tell-audience.ts';
import { tellOfObjection } from './tell-requester.ts';

interface Objector {
  personId: string;
  homePaths: readonly (string | null)[];
  recordedBy: string | null;
}

/** Objects to an entry, for oneself or, by staff at the counter, for somebody of their area. */
export async function submitObjection(
  deps: NoticesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requirePerson(principal);
  const objector = await decideObjector(deps, person, body.onBehalfOf);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'submit-objection', input };
  return runCommand(store, command, async (tx) => {
    const entry = await lockEntry(tx, params.id);
    const today = await readToday(tx, store.clock);
    if (!entry || entry.fromOn > today) throw new Problem(commonProblems.notFound);
    if (!isOnBoard(entry, today)) throw new Problem(noticesProblems.notOnBoard);
    if (!objector.homePaths.some((path) => concerns(entry.areaPath, path))) {
      throw new Problem(noticesProblems.otherArea);
    }
    const { personId, recordedBy } = objector;
    const fields = { id: newId(), entryId: entry.id, personId, recordedBy, text: body.text };
    await insertObjection(tx, store.clock, fields).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(noticesProblems.objectedAlready) : error;
    });
    // Again, by the row itself: whoever closes the entry meanwhile waits for this or is refused.
    if (!(await countObjection(tx, entry.id, today))) {
      throw new Problem(noticesProblems.notOnBoard);
    }
    await tellOfficers(deps, tx, entry);
    const told = { entry, objectionId: fields.id, requestId: principal.requestId };
    await tellOfObjection(deps, tx, told);
    if (recordedBy !== null) {
      await appendAudit(tx, store, {
        ...auditActor(principal),
        action: 'submit-objection',
        objectKind: 'objection',
        objectId: fields.id,
        detail: { entryId: entry.id, onBehalfOf: personId },
      });
    }
    const written = await findObjection(tx, fields.id);
    if (!written) throw new Error('the objection just written is not there');
    return toObjection(written);
  });
}

/** A resident speaks for themselves; staff only for somebody who lives where they serve. */
async function decideObjector(
  { caller }: NoticesDeps,
  principal: PersonPrincipal,
  onBehalfOf: string | null,
): Promise<Objector> {
  if (onBehalfOf === null) {
    requirePermission('resident', principal);
    return { personId: principal.personId, homePaths: principal.areaPaths, recordedBy: null };
  }
  requirePermission('people.register', principal);
  const { requestId, personId: recordedBy } = principal;
  const params = { id: onBehalfOf };
  const person = await caller
    .call(readPerson, { params }, { requestId, onBehalfOf: recordedBy })
    .catch((error: unknown) => {
      if (error instanceof CallProblem && error.document.status === 404) return null;
      throw error;
    });
  if (!person?.areaPath) throw new Problem(noticesProblems.unknownPerson);
  requireArea(principal, person.areaPath);
  return { personId: onBehalfOf, homePaths: [person.areaPath], recordedBy };
}

async function tellOfficers(
  deps: NoticesDeps,
  tx: Transaction<NoticesDatabase>,
  { areaPath, reference }: StoredEntry,
): Promise<void> {
  for (const role of officersOver(areaPath)) {
    await writeMessage(deps, tx, {
      audience: { kind: 'role', role, areaPath },
      template: 'objection-received',
      params: { reference },
    });
  }
}
