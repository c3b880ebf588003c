import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listReviews as listRoute,
  noteReview as route,
} from '@ddp/contracts/volunteering/hour-routes';
import type { Review } from '@ddp/contracts/volunteering/hours';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { findActivity } from '../store/activities.ts';
import { findOrder } from '../store/orders.ts';
import {
  findReview,
  hadPart,
  hadPartInOrder,
  listReviews as listStored,
  noteOutcome,
  type StoredReview,
} from '../store/reviews.ts';
import { isLeaderOf } from '../store/teams.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** What is to be asked about in the area: drawn by lot, scanned by staff, or odd as a whole. */
export async function listReviews(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const { kind, limit } = query;
  const page = { after: decodeCursor(query.cursor, idCursor), limit };
  const filter = { kind, openOnly: query.openOnly === 'true' };
  const rows = await listStored(store.db, areaPaths, filter, page);
  return toPage(rows, limit, showReview, ({ id }) => id);
}

/** Notes what a call-back found, once, by an officer who had no part in the activity. */
export async function noteReview(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.manage', principal);
  const { personId, areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'note-review', input };
  return runCommand(store, command, async (tx) => {
    const review = await findReview(tx, params.id, areaPaths);
    if (!review) throw new Problem(commonProblems.notFound);
    await requireOutsider(tx, review, personId);
    if (!(await noteOutcome(tx, store.clock, review.id, { ...body, by: personId }))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'note-review',
      objectKind: 'review',
      objectId: review.id,
      detail: { outcome: body.outcome },
    });
    const noted = await findReview(tx, review.id, areaPaths);
    return showReview(noted ?? review);
  });
}

async function requireOutsider(
  tx: Tx,
  { activityId, orderId }: StoredReview,
  personId: string,
): Promise<void> {
  const hasPart =
    orderId === null
      ? await hasPartInActivity(tx, activityId ?? '', personId)
      : await hasPartInService(tx, orderId, personId);
  if (hasPart) throw new Problem(volunteeringProblems.ownReview);
}

async function hasPartInActivity(tx: Tx, id: string, personId: string): Promise<boolean> {
  const activity = await findActivity(tx, id);
  if (!activity) throw new Problem(commonProblems.notFound);
  const { changedBy, submittedBy, teamId } = activity;
  return (
    personId === changedBy ||
    personId === submittedBy ||
    (await isLeaderOf(tx, teamId, personId)) ||
    hadPart(tx, id, personId)
  );
}

async function hasPartInService(tx: Tx, id: string, personId: string): Promise<boolean> {
  const order = await findOrder(tx, id);
  if (!order) throw new Problem(commonProblems.notFound);
  return (await isLeaderOf(tx, order.teamId, personId)) || hadPartInOrder(tx, id, personId);
}

function showReview({ listedAt, reviewedAt, ...review }: StoredReview): Review {
  return {
    ...review,
    listedAt: listedAt.toISOString(),
    reviewedAt: reviewedAt?.toISOString() ?? null,
  };
}
