import { civilDateOf } from '@ddp/calendar/civil-date';
import { postChanged, subjectChanged } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { DirectoryDeps } from '../deps.ts';
import { closePostsOf } from '../store/posts.ts';
import { forgetSubjectsOf } from '../store/subjects.ts';

const shownName = '已注销';

/** The person left: posts end today, and subjects close without the person's name. */
export async function forgetPerson(
  { store, clock }: DirectoryDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    const posts = await closePostsOf(tx, personId, civilDateOf(clock.now()));
    const subjects = await forgetSubjectsOf(tx, personId, shownName);
    const events = [
      ...posts.map((postId) => outgoing(postChanged, { postId })),
      ...subjects.map((subjectId) => outgoing(subjectChanged, { subjectId })),
    ];
    await appendEvents(tx, store, events, delivery.requestId);
  });
}
