import { createHmac } from 'node:crypto';
import { actorOf, requireService } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { mintRight as route } from '@ddp/contracts/ratings/own-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { hashToken } from '../domain/rating-right.ts';
import { insertRight } from '../store/rights.ts';

const hourMs = 3_600_000;

/**
 * Gives the right to rate a service that was given, once. The token follows from the right's id and a
 * key, so that it is kept nowhere and a repeat still answers it.
 */
export async function mintRight(
  { store, rightKey }: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { service } = requireService(principal);
  const tokenOf = (id: string) =>
    createHmac('sha256', rightKey).update(id).digest('base64url').slice(0, 26);
  const command = { actor: actorOf(principal), key, name: 'mint-right', input: body };
  const { id } = await runCommand(store, command, async (tx) => {
    const rightId = newId();
    const now = await readNow(tx, store.clock);
    const { subjectId, personId, sourceId } = body;
    await insertRight(tx, store.clock, {
      ...{ id: rightId, kind: 'bound', tokenHash: hashToken(tokenOf(rightId)), mintedBy: service },
      ...{ sourceId, subjectId, personId, ratesAgain: null },
      expiresAt: new Date(now.getTime() + body.expiresInHours * hourMs),
    }).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    return { id: rightId };
  });
  return { id, token: tokenOf(id) };
}
