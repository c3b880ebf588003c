import { actorOf, requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { placeHold as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { LedgerProblem } from '@ddp/ledger/domain/verdict';
import { findTransfer } from '@ddp/ledger/read-transfers';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { applyChain, move, programmeAccountsOf, readMeters, transferCode } from '../store/books.ts';
import { insertHold } from '../store/holds.ts';
import { insertLine } from '../store/lines.ts';
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
    if (existing === null) {
      if (participation.leftAt !== null) throw new Problem(pointsProblems.notParticipating);
      const { standing } = await readMeters(tx, ledger, participation.accounts);
      if (standing < body.minimumStanding) throw new Problem(pointsProblems.levelTooLow);
    }
    await writeHold(deps, tx, participation, body);
    const state = existing?.holdState ?? 'open';
    return {
      id: body.id,
      state: state === 'open' ? 'held' : state,
      amountPoints: body.amountPoints,
      expiresAt: body.expiresAt,
    };
  });
}

/** The ledger decides: written now, there before with the same fields, or refused. */
async function writeHold(
  { store, ledger }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  participation: Participation,
  body: NewHold,
): Promise<void> {
  const { id: participationId, programmeId, accounts } = participation;
  const { id, amountPoints, reference } = body;
  const expiresAt = new Date(body.expiresAt);
  const { pointsSpent } = programmeAccountsOf(programmeId);
  const transfer = move(id, accounts.points, pointsSpent, amountPoints, transferCode.redemption);
  const verdict = await applyChain(tx, ledger, [
    { ...transfer, kind: 'pending', reference: reference || null, expiresAt },
  ]);
  if (verdict.status === 'refused') throw refusalOf(verdict.problem);
  if (verdict.status === 'exists') return;
  await insertHold(tx, store.clock, {
    id,
    programmeId,
    participationId,
    amountPoints,
    reference,
    expiresAt,
  });
  await insertLine(tx, store.clock, { participationId, kind: 'hold', amountPoints, holdId: id });
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
