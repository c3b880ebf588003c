import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { postChanged } from '@ddp/contracts/directory/events';
import type { readPost as readRoute, endPost as route } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { closePost, findPost, listSubstitutions, lockPost } from '../store/posts.ts';

/** Ends a post on a day, or earlier than it was to end. */
export async function endPost(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'end-post', input };
  return runCommand(store, command, async (tx) => {
    const post = await lockPost(tx, params.id, areaPaths);
    if (!post) throw new Problem(commonProblems.notFound);
    if (body.toOn < post.fromOn || !(await closePost(tx, post.id, body.toOn))) {
      throw new Problem(commonProblems.conflict);
    }
    const ended = [post.id, ...(await endSubstitutions(tx, post.id, body.toOn))];
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'end-post',
      objectKind: 'post',
      objectId: post.id,
      detail: { toOn: body.toOn, substitutions: ended.length - 1 },
    });
    const events = ended.map((postId) => outgoing(postChanged, { postId }));
    await appendEvents(tx, store, events, principal.requestId);
    return { ...post, toOn: body.toOn, version: post.version + 1 };
  });
}

/** Nobody stands in for a post that is over; returns the substitutions that end earlier now. */
export async function endSubstitutions(
  tx: Transaction<DirectoryDatabase>,
  postId: string,
  toOn: string,
): Promise<string[]> {
  const ended: string[] = [];
  for (const { id } of await listSubstitutions(tx, postId)) {
    if (await closePost(tx, id, toOn)) ended.push(id);
  }
  return ended;
}

/** A post, for services that copy authority or units from it. */
export async function readPost(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('service', principal);
  const post = await findPost(store.db, params.id);
  if (!post) throw new Problem(commonProblems.notFound);
  return post;
}
