import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  appealReversal as ownRoute,
  recordAppeal as staffRoute,
} from '@ddp/contracts/points/reversal-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { lockParticipation } from '../store/participations.ts';
import { findReversal, insertAppeal, type Reversal } from '../store/reversals.ts';
import { readReversal, toOwnReversal, toStaffReversal } from './list-reversals.ts';

/** The person appeals; from now on nothing is taken until somebody else has decided. */
export async function appealReversal(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { store } = deps;
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'appeal-reversal', input };
  await runCommand(store, command, async (tx) => {
    const reversal = await findReversal(tx, programmeId, params.id);
    if (reversal?.personId !== person.personId) throw new Problem(commonProblems.notFound);
    await writeAppeal(deps, tx, reversal, { text: body.text, recordedBy: null });
  });
  return toOwnReversal(await readReversal(store.db, programmeId, params.id));
}

/** Staff writes an appeal down for a resident who came to the counter or called. */
export async function recordAppeal(
  deps: PointsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('points.award', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'record-appeal', input };
  await runCommand(store, command, async (tx) => {
    const reversal = await findReversal(tx, programmeId, params.id, staff.areaPaths);
    if (!reversal) throw new Problem(commonProblems.notFound);
    await writeAppeal(deps, tx, reversal, { text: body.text, recordedBy: staff.personId });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'record-appeal',
      objectKind: 'reversal',
      objectId: reversal.id,
    });
  });
  return toStaffReversal(await readReversal(store.db, programmeId, params.id));
}

async function writeAppeal(
  { store }: PointsDeps,
  tx: Transaction<PointsDatabase>,
  { id, programmeId, participationId }: Reversal,
  appeal: { text: string; recordedBy: string | null },
): Promise<void> {
  await lockParticipation(tx, participationId);
  if (await insertAppeal(tx, store.clock, id, appeal)) return;
  const { state } = await readReversal(tx, programmeId, id);
  switch (state) {
    case 'noticed':
      throw new Problem(pointsProblems.appealLate);
    case 'appealed':
      throw new Problem(pointsProblems.appealedAlready);
    case 'reversed':
    case 'lifted':
      throw new Problem(pointsProblems.reversalEnded);
  }
}
