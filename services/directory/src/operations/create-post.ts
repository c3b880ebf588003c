import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { postChanged } from '@ddp/contracts/directory/events';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { createPost as route } from '@ddp/contracts/directory/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { isRoleOfLevel } from '../domain/area-levels.ts';
import { insertPosts } from '../store/posts.ts';
import { lockOpenArea } from './lock-open-area.ts';
import { requireKnownPerson } from './require-known-person.ts';
import { requireOpenUnit } from './require-open-unit.ts';

/** Appoints a person; the post, from its first day to its last, is what gives authority. */
export async function createPost(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const { store } = deps;
  if (body.toOn !== null && body.toOn < body.fromOn)
    throw new Problem(directoryProblems.postPeriodInvalid);
  await requireKnownPerson(deps, body.personId, principal.requestId);
  const command = { actor: actorOf(principal), key, name: 'create-post', input: body };
  return runCommand(store, command, async (tx) => {
    const area = await lockOpenArea(tx, principal, body.areaCode);
    if (!isRoleOfLevel(body.role, area.level)) throw new Problem(directoryProblems.roleMismatch);
    await requireOpenUnit(tx, body.unitId);
    const { areaCode: _areaCode, ...fields } = body;
    const own = { substituteFor: null, reason: null, version: 1 };
    const post = { ...fields, ...own, id: newId(), areaPath: area.areaPath };
    await insertPosts(tx, store.clock, [post]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-post',
      objectKind: 'post',
      objectId: post.id,
      detail: { role: post.role, areaPath: post.areaPath },
    });
    const changed = outgoing(postChanged, { postId: post.id });
    await appendEvents(tx, store, [changed], principal.requestId);
    return post;
  });
}
