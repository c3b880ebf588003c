import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type {
  listSettlementRuns as listRoute,
  startSettlement as startRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasClosed } from '../domain/settlement-month.ts';
import * as runs from '../store/settlement-runs.ts';
import { findNextMonth } from './run-settlements.ts';

/** Settles a month of the programme, or goes on with it at once; one that is done stays as it is. */
export async function startSettlement(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof startRoute>,
): Promise<RouteResult<typeof startRoute>> {
  requirePermission('rewards.manage', principal);
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const { store } = deps;
  const { month } = body;
  const command = { actor: actorOf(principal), key, name: 'start-settlement', input: body };
  return runCommand(store, command, async (tx) => {
    let run = await runs.findRunOf(tx, programmeId, month);
    if (!run) {
      await refuseMonth(tx, programmeId, month, await readNow(tx, store.clock));
      const started = { id: newId(), programmeId, month, startedBy: staff.personId };
      await runs.insertRun(tx, store.clock, started);
      run = await runs.findRun(tx, started.id);
    }
    if (!run) throw new Error('the run just written is not there');
    await runs.wakeRun(tx, store.clock, run.id);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'start-settlement',
      objectKind: 'settlement-run',
      objectId: run.id,
      detail: { month },
    });
    const [shown] = await runs.listRuns(tx, { id: run.id }, { after: null, limit: 1 });
    if (!shown) throw new Error('the run just written is not there');
    return shown;
  });
}

/** Months follow one another, since each one takes over what the one before carried on. */
async function refuseMonth(
  tx: Kysely<RewardsDatabase>,
  programmeId: string,
  month: string,
  now: Date,
): Promise<void> {
  if (!hasClosed(month, now)) throw new Problem(rewardsProblems.monthOpen);
  const next = await findNextMonth(tx, programmeId);
  if (next === null) throw new Problem(commonProblems.conflict);
  if (next !== month) throw new Problem(rewardsProblems.monthNotNext);
}

const monthCursor = /^20[0-9]{2}-[0-9]{2}$/;

export async function listSettlementRuns(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('rewards.read', principal);
  const { programmeId } = requirePerson(principal);
  if (programmeId === null) return { items: [], nextCursor: null };
  const page = { after: decodeCursor(query.cursor, monthCursor), limit: query.limit };
  const rows = await runs.listRuns(store.db, { programmeId }, page);
  return toPage(
    rows,
    query.limit,
    (run) => run,
    ({ month }) => month,
  );
}
