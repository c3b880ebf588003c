import { readPost } from '@ddp/contracts/directory/routes';
import { newId } from '@ddp/db-kit/ids';
import type { RatingsDeps } from '../deps.ts';
import { listIncompletePostIds, savePostCard } from '../store/post-cards.ts';

const batchSize = 100;

/** Reads posts again whose cards were kept before their place and role were. */
export async function completePostCards({ store, caller, log }: RatingsDeps): Promise<void> {
  for (const id of await listIncompletePostIds(store.db, batchSize)) {
    try {
      const post = await caller.call(readPost, { params: { id } }, { requestId: newId() });
      await savePostCard(store.db, post);
    } catch (error) {
      log.warn({ err: error, postId: id }, 'a post could not be read again');
    }
  }
}
