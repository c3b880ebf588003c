import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { exportSettlement as route } from '@ddp/contracts/rewards/settlement-routes';
import { maxSettlementRows } from '@ddp/contracts/rewards/settlements';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import { lineColumns, statementColumns } from '../catalogue/statement-columns.ts';
import type { RewardsDeps } from '../deps.ts';
import { listLines } from '../store/statement-lines.ts';
import { listStatements } from '../store/statements.ts';
import { showStatement } from './list-statements.ts';
import { toLineRow, toStatementRow } from './statement-rows.ts';

const mostStatements = 10_000;

/**
 * A month of the officer's area for the finance office: a row for each merchant, and one for each
 * voucher. It says what was sold where, never to whom; an audit row says who took it.
 */
export async function exportSettlement(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths: scope } = requirePerson(principal);
  const filter = { month: body.month, merchantId: body.merchantId ?? undefined };
  const page = { after: null, limit: mostStatements };
  const found = await listStatements(store.db, { scope }, filter, page);
  if (found.length === 0) throw new Problem(commonProblems.notFound);
  const statements = found.map(showStatement).reverse();
  const count = statements.reduce((sum, one) => sum + one.vouchers + one.corrections, 0);
  if (count > maxSettlementRows || found.length > mostStatements) {
    throw new Problem(commonProblems.tooManyRows);
  }
  const rows: ReturnType<typeof toLineRow>[] = [];
  for (const statement of statements) {
    const all = { after: null, limit: maxSettlementRows };
    const lines = await listLines(store.db, statement.id, all);
    rows.push(...lines.map((line) => toLineRow(statement, line)));
  }
  const command = { actor: actorOf(principal), key, name: 'export-settlement', input: body };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'export-settlement',
      objectKind: 'table',
      objectId: 'statements',
      detail: { ...body, statements: statements.length, lines: rows.length },
    });
  });
  return writeWorkbook([
    { name: '商户汇总', columns: statementColumns, rows: statements.map(toStatementRow) },
    { name: '核销明细', columns: lineColumns, rows },
  ]);
}
