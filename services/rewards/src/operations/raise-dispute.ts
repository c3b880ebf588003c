import { actorOf, auditActor } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type {
  listDisputes as listRoute,
  raiseDispute as raiseRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import type { Dispute } from '@ddp/contracts/rewards/settlements';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { endOfWorkingDay } from '../domain/settlement-clock.ts';
import * as disputes from '../store/disputes.ts';
import { findLine } from '../store/statement-lines.ts';
import { isDisputable, moveStatement } from '../store/statements.ts';
import { lockFor } from './confirm-statement.ts';
import { reachOf } from './list-statements.ts';
import { requireOwner } from './require-own-merchant.ts';

/** Disputes a voucher's line of an own statement, in time and once. */
export async function raiseDispute(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof raiseRoute>,
): Promise<RouteResult<typeof raiseRoute>> {
  const { merchantId, personId: raisedBy } = requireOwner(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'raise-dispute', input: body };
  return runCommand(store, command, async (tx) => {
    const line = await findLine(tx, body.lineId, merchantId);
    if (!line) throw new Problem(commonProblems.notFound);
    const { statementId } = line;
    const { to } = await lockFor(tx, principal, statementId, 'dispute');
    if (!(await isDisputable(tx, store.clock, statementId))) {
      throw new Problem(rewardsProblems.disputeTooLate);
    }
    if (line.kind !== 'voucher') throw new Problem(commonProblems.conflict);
    const now = await readNow(tx, store.clock);
    const { at: dueAt } = endOfWorkingDay(now, deps.settlementDays.answer);
    const dispute = { id: newId(), statementId, merchantId, raisedBy, dueAt, ...body };
    await disputes.insertDispute(tx, store.clock, dispute).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    await moveStatement(tx, store.clock, statementId, { to });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'raise-dispute',
      objectKind: 'dispute',
      objectId: dispute.id,
      detail: { lineId: body.lineId, reason: body.reason },
    });
    const written = await disputes.findDispute(tx, store.clock, dispute.id, { merchantId });
    if (!written) throw new Error('the dispute just written is not there');
    return showDispute(written);
  });
}

export async function listDisputes(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const reach = reachOf(principal);
  const rows = await disputes.listDisputes(store.db, store.clock, reach, query, page);
  return toPage(rows, query.limit, showDispute, ({ id }) => id);
}

export function showDispute({
  answeredBy: _answeredBy,
  ...shown
}: disputes.StoredDispute): Dispute {
  return shown;
}
