import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import type { requestRedemption as route } from '@ddp/contracts/rewards/routes';
import type { Redemption } from '@ddp/contracts/rewards/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hashRequest, KeyReusedError } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { namedProblem } from './named-problem.ts';
import { type RequestVerdict, writeRequest } from './write-requests.ts';

/**
 * Takes a request and its places of the quota; jobs then hold points and reserve stock. It joins the
 * next commit.
 */
export async function requestRedemption(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const { personId, requestId } = person;
  const named = { actor: actorOf(principal), key };
  const hash = hashRequest({ ...named, name: 'request-redemption', input: body });
  const draft = toDraft({ programmeId, personId, ...body });
  const [outcome] = await deps.requestGroup.submit([{ ...named, hash, requestId, draft }]);
  if (outcome === undefined) throw new Error('a request got no verdict');
  if (outcome.status === 'rejected') throw outcome.reason;
  return readVerdict(outcome.value);
}

interface Asked {
  programmeId: string;
  /** Who redeems, whoever sends it. */
  personId: string;
  benefitId: string;
  merchantId?: string | undefined;
  /** Whether a piece is set aside for it, so that no stock is looked for. */
  isSetAside?: boolean;
}

const toDraft = ({ merchantId, isSetAside, ...asked }: Asked) => ({
  ...asked,
  id: newId(),
  merchantId: merchantId ?? null,
  isSetAside: isSetAside ?? false,
});

/** Writes a request down in a transaction of the caller's, with its places of the quota; its id. */
export async function takeRequest(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  asked: Asked,
  requestId: string,
): Promise<string> {
  return readVerdict(await writeRequest(tx, { store }, toDraft(asked), requestId)).id;
}

function readVerdict(verdict: RequestVerdict): Redemption {
  switch (verdict.status) {
    case 'requested':
      return verdict.redemption;
    case 'key-reused':
      throw new KeyReusedError('this Idempotency-Key was used with another request');
    case 'refused':
      throw namedProblem(verdict.refusal);
  }
}
