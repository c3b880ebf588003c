import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { postChanged } from '@ddp/contracts/directory/events';
import type { appointSubstitute as route } from '@ddp/contracts/directory/post-routes';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import { commonProblems, Problem, type ProblemDefinition } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { decideSubstitution, type SubstitutionRefusal } from '../domain/substitution.ts';
import { insertPosts, listSubstitutions, lockPost } from '../store/posts.ts';
import { isKnownPerson } from './require-known-person.ts';

const problemOf: Record<SubstitutionRefusal, ProblemDefinition> = {
  'post-period-invalid': directoryProblems.postPeriodInvalid,
  'is-holder': directoryProblems.substituteIsHolder,
  outside: directoryProblems.substitutionOutside,
  overlaps: directoryProblems.substitutionOverlaps,
};

/**
 * Gives somebody the authority of a post for some days. It is a post of its own that names the one it
 * covers, so that whoever copies posts learns of it the same way.
 */
export async function appointSubstitute(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const { store } = deps;
  const isKnown = await isKnownPerson(deps, body.personId, principal.requestId);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'appoint-substitute', input };
  return runCommand(store, command, async (tx) => {
    const post = await lockPost(tx, params.id, areaPaths);
    if (!post) throw new Problem(commonProblems.notFound);
    if (!isKnown) throw new Problem(directoryProblems.unknownPerson);
    const refusal = decideSubstitution(post, body, await listSubstitutions(tx, post.id));
    if (refusal) throw new Problem(problemOf[refusal]);
    const { role, unitId, areaPath } = post;
    const standIn = { ...body, role, unitId, areaPath, substituteFor: post.id, version: 1 };
    const substitute = { ...standIn, id: newId() };
    await insertPosts(tx, store.clock, [substitute]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'appoint-substitute',
      objectKind: 'post',
      objectId: substitute.id,
      detail: { substituteFor: post.id, fromOn: body.fromOn, toOn: body.toOn },
    });
    const changed = outgoing(postChanged, { postId: substitute.id });
    await appendEvents(tx, store, [changed], principal.requestId);
    return substitute;
  });
}
