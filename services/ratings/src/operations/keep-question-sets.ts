import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type {
  draftQuestionSet as draftRoute,
  listQuestionSets as listRoute,
  publishQuestionSet as publishRoute,
  withdrawQuestionSet as withdrawRoute,
} from '@ddp/contracts/ratings/question-routes';
import type { QuestionSetView } from '@ddp/contracts/ratings/question-schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { decideContent } from '../domain/question-set.ts';
import {
  decideQuestionSet,
  findQuestionSet,
  insertQuestionSet,
  listPublished,
  listQuestionSets as readQuestionSets,
} from '../store/question-sets.ts';
import { requireQuestionsArea } from './require-questions-area.ts';

/** Drafts what is asked of those who rate, and how it becomes a score. */
export async function draftQuestionSet(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof draftRoute>,
): Promise<RouteResult<typeof draftRoute>> {
  requirePermission('ratings.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireQuestionsArea(deps, principal);
  if (decideContent(body.content, body) === 'faulty') {
    throw new Problem(ratingsProblems.questionSetFaulty);
  }
  const command = { actor: actorOf(principal), key, name: 'draft-question-set', input: body };
  return runCommand(store, command, async (tx) => {
    const id = newId();
    const { content, fromOn, toOn } = body;
    const draft = { id, programmeId, content, fromOn, toOn, draftedBy: staff.personId };
    await insertQuestionSet(tx, store.clock, draft);
    return tell({ store }, tx, { staff, programmeId, id }, 'draft-question-set');
  });
}

/** Publishes a draft as the next version, from a day that has not begun to pass; it stays as it is. */
export async function publishQuestionSet(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof publishRoute>,
): Promise<RouteResult<typeof publishRoute>> {
  requirePermission('ratings.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireQuestionsArea(deps, principal);
  const command = { actor: actorOf(principal), key, name: 'publish-question-set', input: params };
  return runCommand(store, command, async (tx) => {
    const draft = await findQuestionSet(tx, programmeId, params.id);
    if (!draft) throw new Problem(commonProblems.notFound);
    const published = (await listPublished(tx, [programmeId])).get(programmeId) ?? [];
    const today = civilDateOf(await readNow(tx, store.clock));
    const isTaken = published.some(({ fromOn }) => fromOn >= draft.fromOn);
    if (draft.fromOn < today || isTaken) throw new Problem(ratingsProblems.dayTaken);
    const version = Math.max(0, ...published.map((set) => set.version)) + 1;
    await decide(tx, { store }, params.id, { state: 'published', version });
    return tell({ store }, tx, { staff, programmeId, id: params.id }, 'publish-question-set');
  });
}

export async function withdrawQuestionSet(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof withdrawRoute>,
): Promise<RouteResult<typeof withdrawRoute>> {
  requirePermission('ratings.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireQuestionsArea(deps, principal);
  const command = { actor: actorOf(principal), key, name: 'withdraw-question-set', input: params };
  return runCommand(store, command, async (tx) => {
    const draft = await findQuestionSet(tx, programmeId, params.id);
    if (!draft) throw new Problem(commonProblems.notFound);
    await decide(tx, { store }, params.id, { state: 'withdrawn' });
    return tell({ store }, tx, { staff, programmeId, id: params.id }, 'withdraw-question-set');
  });
}

export async function listQuestionSets(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('ratings.read', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { programmeId, state: query.state };
  const rows = await readQuestionSets(store.db, filter, before, query.limit);
  return toPage(
    rows,
    query.limit,
    (set) => set,
    ({ id }) => id,
  );
}

type Writes = Pick<RatingsDeps, 'store'>;

async function decide(
  tx: Transaction<RatingsDatabase>,
  { store }: Writes,
  id: string,
  decision: Parameters<typeof decideQuestionSet>[3],
): Promise<void> {
  const isDecided = await decideQuestionSet(tx, store.clock, id, decision).catch(
    (error: unknown) => {
      // Another draft became this version at the same moment.
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    },
  );
  if (!isDecided) throw new Problem(ratingsProblems.questionSetDecided);
}

async function tell(
  { store }: Writes,
  tx: Transaction<RatingsDatabase>,
  by: { staff: PersonPrincipal; programmeId: string; id: string },
  action: string,
): Promise<QuestionSetView> {
  const audit = { action, objectKind: 'question-set', objectId: by.id };
  await appendAudit(tx, store, { ...auditActor(by.staff), ...audit });
  const set = await findQuestionSet(tx, by.programmeId, by.id);
  if (!set) throw new Error('the question set is not there');
  return set;
}
