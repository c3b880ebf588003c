import { actorOf, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf, isoWeekOf, parseCivilDate } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listAppealableRatings as listRoute,
  appealRating as route,
} from '@ddp/contracts/ratings/appeal-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { roleAt } from '../domain/desk.ts';
import { insertAppeal } from '../store/appeals.ts';
import { listDisclosed } from '../store/disclosures.ts';
import { insertSteps } from '../store/follow-up-steps.ts';
import { lockFollowUp } from '../store/follow-ups.ts';
import { listUnitsServed } from '../store/post-cards.ts';
import { readAppeal, toOwnAppeal } from './list-appeals.ts';
import { refCursor } from './veil.ts';

/** Bad ratings of the caller, or of an organization they serve in, with the week alone. */
export async function listAppealableRatings(
  { store, veil }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { personId } = requirePerson(principal);
  const ref = decodeCursor(query.cursor, refCursor);
  const before = ref === null ? null : veil.uncover(ref);
  const now = await readNow(store.db, store.clock);
  const rated = await ratedOf(store.db, personId, now);
  const rows = await listDisclosed(store.db, rated, { before }, query.limit);
  return toPage(
    rows,
    query.limit,
    ({ ratingId, subjectId, level, reasons, ratedOn, appealUntil, appealId }) => ({
      ...{ ref: veil.cover(ratingId), subjectId, level, reasons, appealId },
      week: isoWeekOf(parseCivilDate(ratedOn)),
      appealUntil: appealUntil.toISOString(),
    }),
    ({ followUpId }) => veil.cover(followUpId),
  );
}

/** The rated says why a rating is wrong, once, while the time to appeal runs. */
export async function appealRating(
  { store, veil }: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { personId, role } = requirePerson(principal);
  const ratingId = veil.uncover(params.ref);
  if (ratingId === null) throw new Problem(commonProblems.notFound);
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'appeal-rating', input };
  const { id } = await runCommand(store, command, async (tx) => {
    const now = await readNow(tx, store.clock);
    const rated = await ratedOf(tx, personId, now);
    const known = { ratingId, before: null };
    const [disclosed] = await listDisclosed(tx, rated, known, 1);
    const followUp = disclosed ? await lockFollowUp(tx, disclosed.followUpId) : null;
    if (!disclosed || !followUp) throw new Problem(commonProblems.notFound);
    const appeal = { id: newId(), ratingId, followUpId: followUp.id };
    if (disclosed.appealId !== null) throw new Problem(ratingsProblems.ratingAppealedAlready);
    if (disclosed.appealUntil <= now) throw new Problem(ratingsProblems.ratingAppealLate);
    await insertAppeal(tx, store.clock, {
      ...appeal,
      appellantId: personId,
      text: body.text,
    }).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(ratingsProblems.ratingAppealedAlready) : error;
    });
    const { deskPath } = followUp;
    await insertSteps(tx, store.clock, [
      { followUpId: followUp.id, step: 'appealed', personId, role, deskPath },
    ]);
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'role', role: roleAt(deskPath), areaPath: deskPath },
      template: 'appeal-received',
      params: {},
    });
    await appendEvents(tx, store, [notice], principal.requestId);
    return { id: appeal.id };
  });
  return toOwnAppeal(veil, await readAppeal(store.db, id));
}

async function ratedOf(db: Kysely<RatingsDatabase>, personId: string, now: Date) {
  const served = await listUnitsServed(db, [personId], civilDateOf(now));
  return { personId, unitIds: served.get(personId) ?? [] };
}
