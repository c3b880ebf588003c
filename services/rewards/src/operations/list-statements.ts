import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { payers } from '@ddp/contracts/rewards/benefits';
import type {
  listStatementLines as linesRoute,
  listStatements as listRoute,
  readStatement as readRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import type { MerchantStatement, StatementState } from '@ddp/contracts/rewards/settlements';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { listLines } from '../store/statement-lines.ts';
import * as statements from '../store/statements.ts';

/** Staff sees the merchants of its area, an owner the own one. Throws 403 for anybody else. */
export function reachOf(principal: Principal): statements.StatementReach {
  requirePermission('statements.read', principal);
  const { role, areaPaths: scope, merchantId } = requirePerson(principal);
  if (isStaffRole(role)) return { scope };
  if (merchantId === null) throw new Problem(commonProblems.forbidden);
  return { merchantId };
}

export async function listStatements(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await statements.listStatements(store.db, reachOf(principal), query, page);
  return toPage(rows, query.limit, showStatement, ({ id }) => id);
}

export async function readStatement(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  return showStatement(await requireStatement(store.db, principal, params.id));
}

export async function listStatementLines(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof linesRoute>,
): Promise<RouteResult<typeof linesRoute>> {
  const { id } = await requireStatement(store.db, principal, params.id);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listLines(store.db, id, page);
  return toPage(
    rows,
    query.limit,
    (line) => line,
    (line) => line.id,
  );
}

/** A statement within reach. Throws 404 for another as for none. */
export async function requireStatement(
  db: Kysely<RewardsDatabase>,
  principal: Principal,
  id: string,
): Promise<statements.StatementView> {
  const statement = await statements.findStatement(db, id, reachOf(principal));
  if (!statement) throw new Problem(commonProblems.notFound);
  return statement;
}

/** A statement as everybody sees it who may. Throws for one that is not drawn. */
export function showStatement(statement: statements.StatementView): MerchantStatement {
  const { headSeq, headHash, drawnAt, disputeUntil, confirmedAt, paidAt, sums } = statement;
  if (headSeq === null || headHash === null || !drawnAt || !disputeUntil) {
    throw new Error('a statement that is shown is not drawn');
  }
  return {
    id: statement.id,
    number: statement.number,
    month: statement.month,
    merchantId: statement.merchantId,
    merchantName: statement.merchantName,
    state: statement.state as StatementState,
    vouchers: statement.vouchers,
    corrections: statement.corrections,
    correctionCents: statement.correctionCents,
    payers: payers.map((payer) => ({ payer, ...sums[payer] })),
    ceilingCents: statement.ceilingCents,
    carriedInCents: statement.carriedInCents,
    dueCents: statement.dueCents,
    carriedOutCents: statement.carriedOutCents,
    chainHead: { blockSeq: headSeq, hash: headHash },
    drawnAt: drawnAt.toISOString(),
    disputeUntil: disputeUntil.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    paidAt: paidAt?.toISOString() ?? null,
    paymentReference: statement.paymentReference,
  };
}
