import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readStatementPaper as paperRoute,
  readStatementWorkbook as workbookRoute,
} from '@ddp/contracts/rewards/settlement-routes';
import {
  type MerchantStatement,
  maxSettlementRows,
  type StatementLine,
} from '@ddp/contracts/rewards/settlements';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { layOutSettlement, type SettlementPaper } from '@ddp/paper/reports/settlement-paper';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import {
  lineColumns,
  payerNames,
  payerNotes,
  statementColumns,
} from '../catalogue/statement-columns.ts';
import type { RewardsDeps } from '../deps.ts';
import { listLines } from '../store/statement-lines.ts';
import { requireStatement, showStatement } from './list-statements.ts';
import { timeOf, toLineRow, toStatementRow } from './statement-rows.ts';

/** Lines that are printed, some forty pages; more of them stand in the workbook alone. */
const mostPrinted = 1_600;

/** A statement and its lines as a workbook. */
export async function readStatementWorkbook(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof workbookRoute>,
): Promise<RouteResult<typeof workbookRoute>> {
  const statement = showStatement(await requireStatement(store.db, principal, params.id));
  const lines = await listLines(store.db, statement.id, { after: null, limit: maxSettlementRows });
  if (lines.length > maxSettlementRows) throw new Problem(commonProblems.tooManyRows);
  const rows = lines.map((line) => toLineRow(statement, line));
  return writeWorkbook([
    { name: '结算单', columns: statementColumns, rows: [toStatementRow(statement)] },
    { name: '核销明细', columns: lineColumns, rows },
  ]);
}

/** A statement on paper, to be sealed by both sides. */
export async function readStatementPaper(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof paperRoute>,
): Promise<RouteResult<typeof paperRoute>> {
  const statement = showStatement(await requireStatement(store.db, principal, params.id));
  const lines = await listLines(store.db, statement.id, { after: null, limit: mostPrinted });
  const pages = layOutSettlement(toPaper(statement, lines.length > mostPrinted ? null : lines));
  const title = `${statement.merchantName}结算单 ${statement.number}`;
  const pieces: Uint8Array[] = [];
  for await (const piece of renderPdf(pages, title)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

function toPaper(statement: MerchantStatement, lines: StatementLine[] | null): SettlementPaper {
  const { payers, drawnAt, disputeUntil, ...rest } = statement;
  const paid = payers.filter(({ payer }) => payer !== 'donated');
  return {
    ...rest,
    points: payers.reduce((sum, { points }) => sum + points, 0),
    payers: payers.map(({ payer, points, cents }) => ({
      ...{ name: payerNames[payer], note: payerNotes[payer], points, cents },
    })),
    payableCents: paid.reduce((sum, { cents }) => sum + cents, 0),
    drawnOn: civilDateOf(new Date(drawnAt)),
    // The last instant in time, a day before the deadline where it falls on midnight.
    disputeUntilOn: civilDateOf(new Date(Date.parse(disputeUntil) - 1)),
    lines: (lines ?? []).map((line) => ({
      at: `${civilDateOf(new Date(line.verifiedAt)).slice(5)} ${timeOf(new Date(line.verifiedAt)).slice(0, 5)}`,
      title: line.kind === 'voucher' ? line.benefitTitle : `更正：${line.benefitTitle}`,
      ...{ shop: line.shopName ?? '', by: line.verifiedBy, payer: payerNames[line.payer].slice(2) },
      ...{ points: line.points, cents: line.cents },
    })),
    isWithoutLines: lines === null,
  };
}
