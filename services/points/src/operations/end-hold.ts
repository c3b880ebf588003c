import { actorOf, requireService } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { postHold as postRoute, voidHold as voidRoute } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { HoldState, ResolutionRequest } from '@ddp/ledger/domain/transfer';
import { findTransfer } from '@ddp/ledger/read-transfers';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { holdTransferIds } from '../domain/hold-transfers.ts';
import { type LotChange, planPosting, planRecovery, planReturn } from '../domain/lots.ts';
import { applyChain, move, programmeAccountsOf, transferCode } from '../store/books.ts';
import { closeHold, findHold, type Hold, listDueHolds } from '../store/holds.ts';
import { insertLine } from '../store/lines.ts';
import { listTaken } from '../store/lots.ts';
import { lockParticipation, type Participation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';
import { requireHolder } from './require-client.ts';

type End = Exclude<HoldState, 'open'>;
type Tx = Transaction<PointsDatabase>;

/** Spends the points of a hold. */
export async function postHold(
  deps: PointsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof postRoute>,
): Promise<RouteResult<typeof postRoute>> {
  return runEnd(deps, caller, params.id, 'posted');
}

/** Gives the points of a hold back. */
export async function voidHold(
  deps: PointsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof voidRoute>,
): Promise<RouteResult<typeof voidRoute>> {
  return runEnd(deps, caller, params.id, 'voided');
}

const batchSize = 200;
const mostBatches = 20;

/** Gives back the points of holds whose deadline has come by the database's clock. */
export async function expireHolds(deps: PointsDeps): Promise<void> {
  const { store, log } = deps;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const due = await listDueHolds(store.db, store.clock, batchSize);
    let failures = 0;
    for (const id of due) {
      const expire = (tx: Tx) => endHold(deps, tx, id, 'expired');
      await transact(store.db, expire, { isRepeatable: true }).catch((error: unknown) => {
        failures += 1;
        log.error({ err: error, holdId: id }, 'a hold could not expire');
      });
    }
    if (due.length < batchSize || failures > 0) return;
  }
}

async function runEnd(deps: PointsDeps, { principal, key }: Caller, id: string, end: End) {
  requireHolder(requireService(principal));
  const name = `end-hold-${end}`;
  const command = { actor: actorOf(principal), key, name, input: { id } };
  return runCommand(deps.store, command, async (tx) => {
    const { hold, state } = await endHold(deps, tx, id, end);
    if (state !== end) {
      const isLate = state === 'open' && end === 'posted';
      throw new Problem(isLate ? pointsProblems.holdExpired : pointsProblems.holdClosed);
    }
    const { amountPoints, expiresAt } = hold;
    return { id, state, amountPoints, expiresAt: expiresAt.toISOString() };
  });
}

/**
 * Ends a hold, once; gives the state it has then. It stays open only where its deadline has come and
 * something else than its expiry was asked for.
 */
async function endHold(
  deps: PointsDeps,
  tx: Tx,
  id: string,
  end: End,
): Promise<{ hold: Hold; state: HoldState }> {
  const hold = await findHold(tx, id);
  if (!hold) throw new Problem(pointsProblems.holdNotFound);
  const participation = await lockParticipation(tx, hold.participationId);
  // Whoever ends a hold locks the participation first, so that this state cannot change any more.
  const state = (await findTransfer(tx, deps.ledger, id))?.holdState;
  if (state !== 'open') return { hold, state: state ?? 'open' };
  const isWritten = await writeEnd(deps, tx, { hold, participation, end });
  return { hold, state: isWritten ? end : 'open' };
}

async function writeEnd(
  deps: PointsDeps,
  tx: Tx,
  { hold, participation, end }: { hold: Hold; participation: Participation; end: End },
): Promise<boolean> {
  const { store, ledger } = deps;
  const { id, amountPoints, participationId } = hold;
  const lots = await planEnd(deps, tx, hold, end);
  const follow = planFollowing(hold, participation, end, lots);
  const resolution = resolutionOf(id, end);
  const chain = follow ? [resolution, follow.transfer] : [resolution];
  if ((await applyChain(tx, ledger, chain)).status !== 'ok') return false;
  await closeHold(tx, id);
  const kind = end === 'posted' ? 'spending' : 'return';
  const line = { participationId, holdId: id };
  await insertLine(tx, store.clock, { ...line, amountPoints, kind, lots });
  if (follow) await insertLine(tx, store.clock, { ...line, ...follow.line });
  return true;
}

/** Where points that come back go on to at once; null where their person has them again. */
function planFollowing(
  { id, programmeId, amountPoints, takeBack }: Hold,
  { leftAt, accounts }: Participation,
  end: End,
  lots: readonly LotChange[],
) {
  if (end === 'posted') return null;
  const { pointsForfeited, pointsWrittenOff } = programmeAccountsOf(programmeId);
  const { points } = accounts;
  const ids = holdTransferIds(id);
  if (leftAt !== null) {
    // What comes back to somebody who has left lapses like the rest did.
    const transfer = move(ids.lapsed, points, pointsForfeited, amountPoints, transferCode.leaving);
    const lapsed = planRecovery(lots, amountPoints);
    return { transfer, line: { kind: 'leaving' as const, amountPoints, lots: lapsed } };
  }
  if (takeBack === 0) return null;
  const { recovery: code } = transferCode;
  const transfer = move(ids.recovered, points, pointsWrittenOff, takeBack, code);
  const taken = planRecovery(lots, takeBack);
  return { transfer, line: { kind: 'recovery' as const, amountPoints: takeBack, lots: taken } };
}

async function planEnd({ store }: PointsDeps, tx: Tx, hold: Hold, end: End): Promise<LotChange[]> {
  const taken = await listTaken(tx, hold.id);
  if (end === 'posted') return planPosting(taken);
  const today = civilDateOf(await readNow(tx, store.clock));
  const { refundDays } = await readSettings(tx, hold.programmeId, today);
  return planReturn(taken, today, refundDays);
}

function resolutionOf(pendingId: string, end: End): ResolutionRequest {
  const id = holdTransferIds(pendingId)[end];
  const fields = { id, pendingId, code: transferCode.redemption, reference: null };
  switch (end) {
    case 'posted':
      return { kind: 'post-pending', amount: null, ...fields };
    case 'voided':
      return { kind: 'void-pending', ...fields };
    case 'expired':
      return { kind: 'expire-pending', ...fields };
  }
}
