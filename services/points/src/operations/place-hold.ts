import { actorOf, requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { placeHold as route } from '@ddp/contracts/points/routes';
import { Problem, type ProblemDefinition } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { requireHolder } from './require-client.ts';
import { writeHolds } from './write-holds.ts';

const { insufficientPoints, levelTooLow, idReused, holdExpired } = pointsProblems;
const refusals = new Map<string | null, ProblemDefinition>(
  [pointsProblems.notParticipating, insufficientPoints, levelTooLow, idReused, holdExpired].map(
    (problem) => [problem.slug, problem],
  ),
);

/** Takes points of a person aside for a service, until it posts or voids them or their time is over. */
export async function placeHold(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requireHolder(requireService(principal));
  const command = { actor: actorOf(principal), key, name: 'place-hold', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const [verdict] = await writeHolds(deps, tx, [body]);
    const refusal = refusals.get(verdict?.problem ?? null);
    if (refusal) throw new Problem(refusal);
    if (!verdict?.state) throw new Error(`a hold was refused: ${verdict?.problem}`);
    const { id, amountPoints, expiresAt } = body;
    return { id, state: verdict.state, amountPoints, expiresAt };
  });
}
