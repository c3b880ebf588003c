import { actorOf, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { replyToRating as route } from '@ddp/contracts/ratings/own-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { findRating, listShown } from '../store/ratings.ts';
import { insertReply, listReplies } from '../store/replies.ts';
import { shownTo, toShown } from './list-shown-ratings.ts';

/** The rated answer a rating that they may see, once; what the word list stops is looked at first. */
export async function replyToRating(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { store, veil, screener } = deps;
  const { personId } = requirePerson(principal);
  const id = veil.uncover(params.ref);
  if (id === null) throw new Problem(commonProblems.notFound);
  const state = await screener.screen(body.text);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'reply-to-rating', input };
  const answered = await runCommand(store, command, async (tx) => {
    const known = await findRating(tx, id);
    if (!known) throw new Problem(commonProblems.notFound);
    const isOwn = known.subjectPersonId === personId;
    const subjectId = isOwn ? undefined : known.view.subjectId;
    const filter = await shownTo(tx, store.clock, { personId, subjectId });
    const [rating] = await listShown(tx, filter, { id }, 1);
    if (!rating) throw new Problem(commonProblems.notFound);
    const reply = { id: newId(), ratingId: id, areaPath: rating.areaPath, text: body.text, state };
    await insertReply(tx, store.clock, { ...reply, repliedBy: personId }).catch(
      (error: unknown) => {
        throw isDuplicate(error) ? new Problem(ratingsProblems.repliedAlready) : error;
      },
    );
    const replies = await listReplies(tx, [id]);
    const { words: _words, reply: replied, ...shown } = toShown(veil, rating, replies.get(id));
    if (!replied) throw new Error('a reply is not there that was just written');
    return { ...shown, reply: { state: replied.state, repliedAt: replied.repliedAt } };
  });
  // The words are not kept for a repeat: they would outlast an erasure.
  const { view } = (await findRating(store.db, id)) ?? {};
  const words = view?.wordsState === 'shown' ? view.words : '';
  return { ...answered, words, reply: { ...answered.reply, text: body.text } };
}
