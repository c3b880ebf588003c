import { civilDateOf } from '@ddp/calendar/civil-date';
import { postChanged, subjectChanged } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { readNow } from '@ddp/db-kit/time';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { deleteCertificatesOf } from '../store/certificates.ts';
import { closePost, listLastingPosts } from '../store/posts.ts';
import { forgetSubjectsOf } from '../store/subjects.ts';
import { endSubstitutions } from './end-post.ts';

const shownName = '已注销';

/** The person left: posts end today, subjects close without the name, certificates go. */
export async function forgetPerson(
  { store }: DirectoryDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    const posts = await endPostsOf(tx, personId, civilDateOf(await readNow(tx, store.clock)));
    const subjects = await forgetSubjectsOf(tx, personId, shownName);
    await deleteCertificatesOf(tx, subjects);
    const events = [
      ...posts.map((postId) => outgoing(postChanged, { postId })),
      ...subjects.map((subjectId) => outgoing(subjectChanged, { subjectId })),
    ];
    await appendEvents(tx, store, events, delivery.requestId);
  });
}

/** Ends what lasts beyond today, with those who stand in; a post that was to come is never in force. */
async function endPostsOf(
  tx: Transaction<DirectoryDatabase>,
  personId: string,
  today: string,
): Promise<string[]> {
  const ended: string[] = [];
  for (const post of await listLastingPosts(tx, personId, today)) {
    if (await closePost(tx, post.id, today)) ended.push(post.id);
    ended.push(...(await endSubstitutions(tx, post.id, today)));
  }
  return ended;
}
