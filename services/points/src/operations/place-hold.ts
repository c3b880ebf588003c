import { actorOf, requireService } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { placeHold as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import type { PendingRequest } from '@ddp/ledger/domain/transfer';
import type { LedgerProblem } from '@ddp/ledger/domain/verdict';
import { findTransfer } from '@ddp/ledger/read-transfers';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { levelStanding } from '../domain/level.ts';
import { planHold } from '../domain/lots.ts';
import { applyChain, move, programmeAccountsOf, readMeters, transferCode } from '../store/books.ts';
import { insertHold } from '../store/holds.ts';
import { insertLine } from '../store/lines.ts';
import { listLots } from '../store/lots.ts';
import { lockParticipationOf, type Participation } from '../store/participations.ts';
import { requireHolder } from './require-client.ts';

type NewHold = RouteRequest<typeof route>['body'];

/** Takes points of a person aside for a service, until it posts or voids them or their time is over. */
export async function placeHold(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requireHolder(requireService(principal));
  const { store, ledger } = deps;
  const command = { actor: actorOf(principal), key, name: 'place-hold', input: body };
  return runCommand(store, command, async (tx) => {
    const participation = await lockParticipationOf(tx, body.programmeId, body.personId);
    if (!participation) throw new Problem(pointsProblems.notParticipating);
    const existing = await findTransfer(tx, ledger, body.id);
    if (existing === null) await writeHold(deps, tx, participation, body);
    else await repeatHold(deps, tx, participation, body);
    const state = existing?.holdState ?? 'open';
    return {
      id: body.id,
      state: state === 'open' ? 'held' : state,
      amountPoints: body.amountPoints,
      expiresAt: body.expiresAt,
    };
  });
}

async function writeHold(
  { store, ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  body: NewHold,
): Promise<void> {
  const { id: participationId, programmeId } = participation;
  const { id, amountPoints, reference } = body;
  if (participation.leftAt !== null) throw new Problem(pointsProblems.notParticipating);
  const today = civilDateOf(await readNow(tx, store.clock));
  const { standing } = await readMeters(tx, ledger, participation.accounts);
  if (levelStanding(standing, participation.keptLevel, today) < body.minimumStanding) {
    throw new Problem(pointsProblems.levelTooLow);
  }
  const lots = planHold(await listLots(tx, participationId), amountPoints, today);
  if (lots === null) throw new Problem(pointsProblems.insufficientPoints);
  const verdict = await applyChain(tx, ledger, [holdTransfer(participation, body)]);
  if (verdict.status === 'refused') throw refusalOf(verdict.problem);
  const hold = { id, programmeId, participationId, amountPoints, reference };
  await insertHold(tx, store.clock, { ...hold, expiresAt: new Date(body.expiresAt) });
  const line = { participationId, kind: 'hold' as const, amountPoints, holdId: id, lots };
  await insertLine(tx, store.clock, line);
}

/** The ledger says whether the hold that is there has the same fields. */
async function repeatHold(
  { ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  body: NewHold,
): Promise<void> {
  const verdict = await applyChain(tx, ledger, [holdTransfer(participation, body)]);
  if (verdict.status === 'refused') throw refusalOf(verdict.problem);
}

function holdTransfer({ programmeId, accounts }: Participation, body: NewHold): PendingRequest {
  const { id, amountPoints, reference } = body;
  const { pointsSpent } = programmeAccountsOf(programmeId);
  return {
    ...move(id, accounts.points, pointsSpent, amountPoints, transferCode.redemption),
    kind: 'pending',
    reference: reference || null,
    expiresAt: new Date(body.expiresAt),
  };
}

function refusalOf(problem: LedgerProblem): Error {
  switch (problem) {
    case 'exceeds-limit':
      return new Problem(pointsProblems.insufficientPoints);
    case 'id-used-with-other-fields':
      return new Problem(pointsProblems.idReused);
    case 'expiry-in-past':
      return new Problem(pointsProblems.holdExpired);
    default:
      return new Error(`the ledger refused a hold: ${problem}`);
  }
}
