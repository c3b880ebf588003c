import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  decideCase as decideRoute,
  listCases as listRoute,
  listCaseRatings as ratingsRoute,
} from '@ddp/contracts/ratings/case-routes';
import type { WatchCase } from '@ddp/contracts/ratings/case-schemas';
import { ratingsCleared } from '@ddp/contracts/ratings/events';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import {
  endCase,
  listOverdue,
  listRatingsOfCase,
  lockCase,
  listCases as readCases,
} from '../store/cases.ts';
import { listOpenFlags } from '../store/flags.ts';
import { hasPartInCase, isAboutOther } from '../store/own-part.ts';
import { groupByProgramme, listEarners, type StoredRating } from '../store/ratings.ts';
import { toOfficerView } from './list-ratings.ts';
import { askerOf } from './refuse-party.ts';

const mostRatings = 500;

/** What an officer found about a pattern. Points that waited for it wait no longer. */
export async function decideCase(
  { store }: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof decideRoute>,
): Promise<RouteResult<typeof decideRoute>> {
  requirePermission('ratings.review', principal);
  const by = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-case', input };
  return runCommand(store, command, async (tx) => {
    const found = await lockCase(tx, params.id);
    if (!found) throw new Problem(commonProblems.notFound);
    requireArea(principal, found.areaPath);
    const asker = await askerOf(tx, by.personId, await readNow(tx, store.clock));
    if (await hasPartInCase(tx, params.id, asker)) throw new Problem(ratingsProblems.ownCase);
    if (found.state !== 'open') throw new Problem(ratingsProblems.ratingDecided);
    const { decision: state, words } = body;
    await endCase(tx, store.clock, params.id, { state, by, words });
    await tellCleared({ store }, tx, params.id, principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-case', objectKind: 'watch-case', objectId: params.id },
      detail: { decision: state, pattern: found.pattern },
    });
    return { ...found, state, decidedByRole: by.role, decidedWords: words };
  });
}

/** Ends cases that nobody decided within five working days: nothing waits for them any longer. */
export async function lapseCases({
  store,
  log,
}: Pick<RatingsDeps, 'store' | 'log'>): Promise<void> {
  for (const id of await listOverdue(store.db, store.clock, mostRatings)) {
    await transact(
      store.db,
      async (tx) => {
        const found = await lockCase(tx, id);
        if (found?.state === 'open') await endCase(tx, store.clock, id, { state: 'lapsed' });
      },
      { isRepeatable: true },
    ).catch((error: unknown) => {
      log.error({ err: error, caseId: id }, 'a case could not be ended');
    });
  }
}

async function tellCleared(
  { store }: Pick<RatingsDeps, 'store'>,
  tx: Transaction<RatingsDatabase>,
  caseId: string,
  requestId: string,
): Promise<void> {
  const events: OutgoingEvent[] = [];
  for (let after: string | null = null, isMore = true; isMore; ) {
    const rows: StoredRating[] = await listRatingsOfCase(
      tx,
      caseId,
      everywhere,
      after,
      mostRatings,
    );
    const ids = rows.slice(0, mostRatings).map(({ view }) => view.id);
    for (const [programmeId, ratingIds] of groupByProgramme(await listEarners(tx, ids))) {
      events.push(outgoing(ratingsCleared, { programmeId, ratingIds }));
    }
    isMore = rows.length > mostRatings;
    after = ids.at(-1) ?? null;
  }
  await appendEvents(tx, store, events, requestId);
}

/** Patterns of the areas that the caller acts in, newest first. */
export async function listCases(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('ratings.review', principal);
  const { areaPaths } = requirePerson(principal);
  const before = decodeCursor(query.cursor, idCursor);
  const rows = await readCases(store.db, areaPaths, query.state, before, query.limit);
  return toPage<WatchCase, WatchCase>(
    rows,
    query.limit,
    (one) => one,
    ({ id }) => id,
  );
}

/**
 * The ratings of a case in the areas that the caller acts in, but for the caller's own: a pattern may
 * reach over more.
 */
export async function listCaseRatings(
  { store }: RatingsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof ratingsRoute>,
): Promise<RouteResult<typeof ratingsRoute>> {
  requirePermission('ratings.review', principal);
  const { personId, areaPaths } = requirePerson(principal);
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  const found = await transact(store.db, (tx) => lockCase(tx, params.id));
  if (!found) throw new Problem(commonProblems.notFound);
  requireArea(principal, found.areaPath);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await listRatingsOfCase(store.db, params.id, areaPaths, after, query.limit);
  const flags = await listOpenFlags(
    store.db,
    rows.map(({ view }) => view.id),
  );
  const { items, nextCursor } = toPage(
    rows,
    query.limit,
    (rating) => rating,
    ({ view }) => view.id,
  );
  const ofOthers = items.filter((rating) => isAboutOther(asker, rating));
  return {
    items: ofOthers.map((rating) => toOfficerView(rating, flags.get(rating.view.id))),
    nextCursor,
  };
}
