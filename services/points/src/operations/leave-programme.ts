import { actorOf, requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { leaveProgramme as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId } from '@ddp/db-kit/ids';
import type { Chain } from '@ddp/ledger/domain/transfer';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { planLapse } from '../domain/lots.ts';
import { forfeitWaitingAwards, listOpenAwards } from '../store/award-course.ts';
import {
  applySurely,
  type Meters,
  move,
  programmeAccountsOf,
  readMeters,
  transferCode,
} from '../store/books.ts';
import { insertLine } from '../store/lines.ts';
import { listLots } from '../store/lots.ts';
import {
  closeParticipation,
  findConsent,
  lockParticipation,
  lockParticipationOf,
  type Participation,
  withdrawConsent,
} from '../store/participations.ts';

import { dropPublicity } from '../store/publicity.ts';
import { readAward } from './list-awards.ts';
import { endOpenAward, leftReason } from './withdraw-award.ts';

/** Leaves at once; points not yet spent lapse, the standing stays for a return. */
export async function leaveProgramme(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const command = { actor: actorOf(principal), key, name: 'leave-programme', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const participation = await lockParticipationOf(tx, programmeId, person.personId);
    if (!participation || participation.leftAt !== null) {
      throw new Problem(pointsProblems.notParticipating);
    }
    await endParticipations(deps, tx, [participation], principal.requestId);
    const { joinedAt, leftAt } = await lockParticipation(tx, participation.id);
    return {
      programmeId,
      joinedAt: joinedAt.toISOString(),
      leftAt: leftAt?.toISOString() ?? null,
    };
  });
}

/**
 * Ends locked participations that are in force, by one list of chains, so that the ledger is locked
 * once and in its order. Points held for a redemption stay held; they lapse when it gives them back.
 */
export async function endParticipations(
  deps: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participations: readonly Participation[],
  requestId: string,
): Promise<void> {
  const { store, ledger } = deps;
  const endings = [];
  for (const participation of participations) {
    // Caps before the ledger, in the order in which an award takes them.
    for (const awardId of await listOpenAwards(tx, participation.id)) {
      await endOpenAward(deps, tx, await readAward(tx, awardId), leftReason, requestId);
    }
    endings.push({ participation, ...(await planEnding(deps, tx, participation)) });
  }
  const chains = endings.map(({ chain }) => chain).filter((chain) => chain.length > 0);
  await applySurely(tx, ledger, ...chains);
  for (const { participation, meters } of endings) {
    const { id } = participation;
    await dropPublicity(tx, id);
    await forfeitWaitingAwards(tx, id);
    await withdrawConsent(tx, store.clock, id);
    await closeParticipation(tx, store.clock, id);
    await insertLine(tx, store.clock, {
      participationId: id,
      kind: 'leaving',
      amountPoints: meters.points + meters.maturing,
      lots: planLapse(await listLots(tx, id)),
    });
  }
}

/** What lapses of a participation, as a chain; empty where nothing is left to lapse. */
async function planEnding(
  { ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  { id, accounts, programmeId }: Participation,
): Promise<{ meters: Meters; chain: Chain }> {
  const consentId = await findConsent(tx, id);
  if (consentId === null) throw new Error('a participation in force has no consent');
  const meters = await readMeters(tx, ledger, accounts);
  const { pointsForfeited } = programmeAccountsOf(programmeId);
  const chain = (['points', 'maturing'] as const)
    .filter((meter) => meters[meter] > 0)
    .map((from) => {
      const transferId = deriveId('points-leaving', consentId, from);
      return move(transferId, accounts[from], pointsForfeited, meters[from], transferCode.leaving);
    });
  return { meters, chain };
}
