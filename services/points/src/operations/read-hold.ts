import { requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type { readHold as route } from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { listTransfers } from '@ddp/ledger/read-transfers';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { holdTransferIds } from '../domain/hold-transfers.ts';
import { findHold } from '../store/holds.ts';
import { requireHolder } from './require-client.ts';

/** A hold with what the ledger has of it, in the order of the chain. */
export async function readHold(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requireHolder(requireService(principal));
  const hold = await findHold(store.db, params.id);
  if (!hold) throw new Problem(pointsProblems.holdNotFound);
  const { id, amountPoints, expiresAt } = hold;
  const ids = holdTransferIds(id);
  const found = await listTransfers(store.db, ledger, Object.values(ids));
  const entries = Object.entries(ids).flatMap(([kind, transferId]) => {
    const transfer = found.get(transferId)?.transfer;
    if (!transfer) return [];
    const { blockSeq, position, amount, createdAt } = transfer;
    const at = createdAt.toISOString();
    const entry = { id: transferId, kind: kind as keyof typeof ids, amountPoints: amount, at };
    return [{ ...entry, blockSeq, position }];
  });
  entries.sort((a, b) => a.blockSeq - b.blockSeq || a.position - b.position);
  const state = found.get(id)?.holdState ?? 'open';
  return {
    id,
    state: state === 'open' ? 'held' : state,
    amountPoints,
    expiresAt: expiresAt.toISOString(),
    entries,
  };
}
