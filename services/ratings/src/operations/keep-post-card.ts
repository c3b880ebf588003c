import type { postChanged } from '@ddp/contracts/directory/events';
import { readPost } from '@ddp/contracts/directory/routes';
import type { PayloadOf } from '@ddp/contracts/event';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RatingsDeps } from '../deps.ts';
import { savePostCard } from '../store/post-cards.ts';

/** Copies who serves in which unit, so that staff cannot rate their own. */
export async function keepPostCard(
  { store, caller }: RatingsDeps,
  delivery: Delivery<PayloadOf<typeof postChanged>>,
): Promise<void> {
  const { requestId, payload } = delivery;
  const post = await caller.call(readPost, { params: { id: payload.postId } }, { requestId });
  await handleOnce(store, delivery, (tx) => savePostCard(tx, post));
}
