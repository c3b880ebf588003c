import type { postChanged } from '@ddp/contracts/directory/events';
import { readPost } from '@ddp/contracts/directory/routes';
import type { PayloadOf } from '@ddp/contracts/event';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { IdentityDeps } from '../deps.ts';
import { savePost } from '../store/holdings.ts';

/** Keeps the copy of a post that authority follows from. */
export async function copyPost(
  { store, caller }: IdentityDeps,
  delivery: Delivery<PayloadOf<typeof postChanged>>,
): Promise<void> {
  const { requestId, payload } = delivery;
  const post = await caller.call(readPost, { params: { id: payload.postId } }, { requestId });
  await handleOnce(store, delivery, (tx) => savePost(tx, post));
}
