import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  decideReversal as decideRoute,
  liftReversal as liftRoute,
} from '@ddp/contracts/points/reversal-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { lockParticipation } from '../store/participations.ts';
import { findReversal, type Reversal, type ReversalState } from '../store/reversals.ts';
import { endReversalOf } from './end-reversal.ts';
import { readReversal, toStaffReversal } from './list-reversals.ts';

interface Ending {
  name: string;
  from: readonly ReversalState[];
  state: 'reversed' | 'lifted';
  reason: string;
}

/** Decides an appeal: nobody with a part in the award, in its notice or in the appeal. */
export async function decideReversal(
  deps: PointsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof decideRoute>,
): Promise<RouteResult<typeof decideRoute>> {
  requirePermission('points.decide', caller.principal);
  const { personId } = requirePerson(caller.principal);
  const { verdict: state, reason } = body;
  const ending: Ending = { name: 'decide-reversal', from: ['appealed'], state, reason };
  return runEnding(deps, caller, params.id, ending, (reversal) => {
    if (reversal.state === 'noticed') throw new Problem(pointsProblems.notAppealed);
    const { noticedBy, appealRecordedBy } = reversal;
    if ([noticedBy, appealRecordedBy, ...partiesOf(reversal)].includes(personId))
      throw new Problem(pointsProblems.ownDecision);
  });
}

/**
 * Takes a notice back before anybody has appealed: its author, or somebody without a part in the award.
 * The award stays as it is, for good.
 */
export async function liftReversal(
  deps: PointsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof liftRoute>,
): Promise<RouteResult<typeof liftRoute>> {
  requirePermission('points.award', caller.principal);
  const { personId } = requirePerson(caller.principal);
  const { reason } = body;
  const ending: Ending = { name: 'lift-reversal', from: ['noticed'], state: 'lifted', reason };
  return runEnding(deps, caller, params.id, ending, (reversal) => {
    if (reversal.personId === personId) throw new Problem(pointsProblems.ownReversal);
    if (reversal.state === 'appealed') throw new Problem(pointsProblems.appealedAlready);
    const isAuthor = reversal.noticedBy === personId;
    if (!isAuthor && partiesOf(reversal).includes(personId)) {
      throw new Problem(pointsProblems.ownDecision);
    }
  });
}

/** Who gave or approved the award, and whose it is. */
function partiesOf({ awardedBy, approvedBy, personId }: Reversal): (string | null)[] {
  return [awardedBy, approvedBy, personId];
}

async function runEnding(
  deps: PointsDeps,
  { principal, key }: Caller,
  id: string,
  { name, from, state, reason }: Ending,
  check: (reversal: Reversal) => void,
): Promise<RouteResult<typeof decideRoute>> {
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const command = { actor: actorOf(principal), key, name, input: { id, state, reason } };
  await runCommand(store, command, async (tx) => {
    const seen = await findReversal(tx, programmeId, id, staff.areaPaths);
    if (!seen) throw new Problem(commonProblems.notFound);
    const participation = await lockParticipation(tx, seen.participationId);
    const reversal = await readReversal(tx, programmeId, id);
    check(reversal);
    // No words about somebody who was erased.
    const told = participation.personId === null ? null : reason;
    const decision = { personId: staff.personId, role: staff.role, reason: told };
    const end = { from, state, decision, requestId: principal.requestId };
    if (!(await endReversalOf(deps, tx, participation, reversal, end))) {
      throw new Problem(pointsProblems.reversalEnded);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'reversal',
      objectId: id,
      detail: { state },
    });
  });
  return toStaffReversal(await readReversal(store.db, programmeId, id));
}
