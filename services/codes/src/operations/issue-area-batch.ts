import { actorOf, requireArea, requirePermission } from '@ddp/auth/authorize';
import type { issueAreaBatch as route } from '@ddp/contracts/codes/batch-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { activeSlot } from '../domain/code-state.ts';
import type { WantedCode } from '../store/batches.ts';
import { findBySlots } from '../store/many-codes.ts';
import { listActiveSubjects } from '../store/subject-search.ts';
import { requestBatch } from './request-batch.ts';

/** What one batch takes; the next one takes those that are left. */
const mostRows = 20_000;
const pageSize = 1_000;

/** Codes for every subject in force of an area that has none at the place. */
export async function issueAreaBatch(
  deps: CodesDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'issue-area-batch', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const rows = await listLacking(tx, areaPath, body.place);
    return requestBatch(deps, tx, principal, { kind: 'area', areaPath, rows });
  });
}

async function listLacking(
  tx: Transaction<CodesDatabase>,
  areaPath: string,
  place: string,
): Promise<WantedCode[]> {
  const lacking: WantedCode[] = [];
  for (let after: string | null = null; lacking.length < mostRows; ) {
    const page = await listActiveSubjects(tx, [areaPath], { after, limit: pageSize });
    const slots = page.map(({ subjectId }) => activeSlot(subjectId, place));
    const taken = await findBySlots(tx, slots);
    for (const [index, { subjectId }] of page.entries()) {
      if (!taken.has(slots[index]?.toString('hex') ?? '')) lacking.push({ subjectId, place });
    }
    after = page.at(-1)?.subjectId ?? null;
    if (page.length < pageSize) break;
  }
  return lacking.slice(0, mostRows);
}
