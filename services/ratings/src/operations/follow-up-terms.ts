import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { coveredYears } from '@ddp/calendar/working-days';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readFollowUpTerms as readRoute,
  setFollowUpTerms as setRoute,
} from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { RatingsDeps } from '../deps.ts';
import { insertTerms, readTerms } from '../store/follow-up-terms.ts';

/** The terms in force today, with the years whose holidays the calendar knows. */
export async function readFollowUpTerms(
  { store }: RatingsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('follow-ups.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const today = civilDateOf(await readNow(store.db, store.clock));
  return { ...(await readTerms(store.db, programmeId, today)), calendarYears: coveredYears() };
}

/** Officers over the whole programme set it from a day on; what was opened before keeps its deadlines. */
export async function setFollowUpTerms(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const setBy = staff.personId;
  const command = { actor: actorOf(principal), key, name: 'set-follow-up-terms', input: body };
  return runCommand(store, command, async (tx) => {
    const today = civilDateOf(await readNow(tx, store.clock));
    if (body.fromOn < today) throw new Problem(commonProblems.dayInPast);
    const next = { ...body, programmeId, setBy };
    const version = await insertTerms(tx, store.clock, next).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-follow-up-terms',
      objectKind: 'follow-up-terms',
      objectId: `${programmeId}/${version}`,
      detail: { fromOn: body.fromOn },
    });
    return { ...body, version, setBy, calendarYears: coveredYears() };
  });
}
