import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { CallProblem } from '@ddp/contracts/call';
import { readPerson } from '@ddp/contracts/identity/routes';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { readHold } from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listRedemptionCourses as listRoute,
  readRedemptionCourse as readRoute,
} from '@ddp/contracts/rewards/course-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { listDeadLetters } from '@ddp/queue-kit/dead-letter';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { failureText } from '../domain/failure-text.ts';
import * as courses from '../store/redemption-courses.ts';

type Course = RouteResult<typeof readRoute>;
const peerDeadlineMs = 2_000;
const mostLetters = 20;

/** The redemptions of an officer's area, by state, benefit, merchant or the number of a voucher. */
export async function listRedemptionCourses(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  const { cursor, limit, ...filter } = query;
  const page = { after: decodeCursor(cursor, idCursor), limit };
  const rows = await courses.listCourses(store.db, areaPaths, filter, page);
  return toPage(
    rows,
    limit,
    (row) => row,
    ({ id }) => id,
  );
}

/**
 * A redemption from its request to the entries of the ledger. It is there also while points or
 * identity are away: that is when somebody looks.
 */
export async function readRedemptionCourse(
  deps: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<Course> {
  requirePermission('rewards.read', principal);
  const { areaPaths, requestId } = requirePerson(principal);
  const { store } = deps;
  const found = await courses.findCourse(store.db, areaPaths, params.id);
  if (!found) throw new Problem(commonProblems.notFound);
  const { course, personId } = found;
  const [holder, ledger, letters] = await Promise.all([
    readHolder(deps, personId, requestId),
    readLedger(deps, params.id, requestId),
    listDeadLetters(store, mostLetters, { about: params.id }),
  ]);
  return {
    ...course,
    ...ledger,
    holder,
    failureText: failureText(course.failure),
    deadLetters: letters.slice(0, mostLetters).map(({ eventId, eventName, diedAt }) => ({
      ...{ eventId, eventName },
      diedAt: diedAt.toISOString(),
    })),
  };
}

async function readHolder({ caller, log }: RewardsDeps, personId: string, requestId: string) {
  const call = { requestId, deadlineMs: peerDeadlineMs };
  try {
    return (await caller.call(readPerson, { params: { id: personId } }, call)).maskedName;
  } catch (error) {
    const isGone = error instanceof CallProblem && error.slug === commonProblems.notFound.slug;
    if (!isGone) log.warn({ err: error, requestId }, 'a course is shown without a name');
    return null;
  }
}

async function readLedger(
  { caller, log }: RewardsDeps,
  id: string,
  requestId: string,
): Promise<Pick<Course, 'ledger' | 'hold'>> {
  const call = { requestId, deadlineMs: peerDeadlineMs };
  try {
    return { ledger: 'found', hold: await caller.call(readHold, { params: { id } }, call) };
  } catch (error) {
    const isNone = error instanceof CallProblem && error.slug === pointsProblems.holdNotFound.slug;
    if (isNone) return { ledger: 'none', hold: null };
    log.warn({ err: error, requestId }, 'a course is shown without the ledger');
    return { ledger: 'unavailable', hold: null };
  }
}
