import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listFollowUps as listRoute,
  listMyFollowUps as mineRoute,
  readFollowUp as readRoute,
} from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { listSteps } from '../store/follow-up-steps.ts';
import { findFollowUp, listFollowUps as listRows } from '../store/follow-ups.ts';
import { isAboutOther } from '../store/own-part.ts';
import { toFollowUp, toStep } from './follow-up-views.ts';
import { askerOf } from './refuse-party.ts';

/** Follow-ups in the areas of the staff who ask, the newest first. */
export async function listFollowUps(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('follow-ups.read', principal);
  const { areaPaths, personId } = requirePerson(principal);
  const { limit, state, outcome, subjectId, whose, isOverdue } = query;
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  const rows = await listRows(
    store.db,
    {
      ...{ scope: areaPaths, asker, state, outcome, subjectId },
      personId: whose === 'mine' ? personId : undefined,
      deskPaths: whose === 'desk' ? areaPaths : undefined,
      isOverdue: isOverdue === undefined ? undefined : isOverdue === 'true',
      before: decodeCursor(query.cursor, idCursor),
    },
    limit,
  );
  return toPage(rows, limit, toFollowUp, ({ id }) => id);
}

/** One with its history; only its owner reads whom to speak to. */
export async function readFollowUp(
  { store }: RatingsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('follow-ups.read', principal);
  const { areaPaths, personId } = requirePerson(principal);
  const row = await findFollowUp(store.db, params.id, areaPaths);
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  if (!row || !isAboutOther(asker, { ...row, unitId: row.subjectUnitId })) {
    throw new Problem(commonProblems.notFound);
  }
  const steps = (await listSteps(store.db, [row.id])).get(row.id) ?? [];
  const raterPersonId = row.ownerId === personId ? row.raterPersonId : null;
  return { ...toFollowUp(row), raterPersonId, steps: steps.map(toStep) };
}

/** What the caller's own bad ratings led to. */
export async function listMyFollowUps(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof mineRoute>,
): Promise<RouteResult<typeof mineRoute>> {
  const { personId } = requirePerson(principal);
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: everywhere, raterId: personId, before } as const;
  const rows = await listRows(store.db, filter, query.limit);
  const stepsOf = await listSteps(
    store.db,
    rows.map(({ id }) => id),
  );
  return toPage(
    rows,
    query.limit,
    (row) => {
      const steps = stepsOf.get(row.id) ?? [];
      const one = toFollowUp(row);
      return {
        id: one.id,
        ratingId: one.ratingId,
        subjectName: one.subjectName,
        level: one.level,
        state: one.state,
        openedAt: one.openedAt,
        acceptBy: one.acceptBy,
        contactBy: one.contactBy,
        resolveBy: one.resolveBy,
        reRateUntil: one.reRateUntil,
        closedAt: one.closedAt,
        reopenings: one.reopenings,
        outcome: one.outcome,
        outcomeWords: one.outcomeWords,
        passedTo: one.passedTo,
        steps: steps.map(({ step, at }) => ({ step, at: at.toISOString() })),
      };
    },
    ({ id }) => id,
  );
}
