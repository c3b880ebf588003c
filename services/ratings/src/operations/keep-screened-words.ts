import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  addScreenedWord as addRoute,
  listScreenedWords as listRoute,
  removeScreenedWord as removeRoute,
} from '@ddp/contracts/ratings/review-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import {
  countWords,
  deleteWord,
  findWord,
  insertWord,
  listWords,
  mostWords,
  turnVersion,
} from '../store/screened-words.ts';
import { foldWords } from './screen-words.ts';

/** Adds a word; ratings and replies that hold it from then on are looked at first. */
export async function addScreenedWord(
  { store, screener }: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof addRoute>,
): Promise<RouteResult<typeof addRoute>> {
  requirePermission('ratings.words', principal);
  const { personId } = requirePerson(principal);
  const folded = foldWords(body.word);
  if (folded === '') throw new Problem(commonProblems.conflict);
  const command = { actor: actorOf(principal), key, name: 'add-screened-word', input: body };
  const added = await runCommand(store, command, async (tx) => {
    await turnVersion(tx);
    if ((await countWords(tx)) >= mostWords) throw new Problem(commonProblems.conflict);
    const id = newId();
    const word = { id, word: body.word, folded, addedBy: personId };
    await insertWord(tx, store.clock, word).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'add-screened-word', objectKind: 'screened-word', objectId: id },
    });
    const kept = await findWord(tx, id);
    if (!kept) throw new Error('the word just added is not there');
    return kept;
  });
  screener.forget();
  return added;
}

export async function removeScreenedWord(
  { store, screener }: RatingsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof removeRoute>,
): Promise<RouteResult<typeof removeRoute>> {
  requirePermission('ratings.words', principal);
  const command = { actor: actorOf(principal), key, name: 'remove-screened-word', input: params };
  await runCommand(store, command, async (tx) => {
    await turnVersion(tx);
    const word = await findWord(tx, params.id);
    if (!word) throw new Problem(commonProblems.notFound);
    await deleteWord(tx, params.id);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'remove-screened-word', objectKind: 'screened-word', objectId: params.id },
      detail: { word: word.word },
    });
  });
  screener.forget();
}

export async function listScreenedWords(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('ratings.words', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await listWords(store.db, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (word) => word,
    ({ id }) => id,
  );
}
