import { actorOf, auditActor } from '@ddp/auth/authorize';
import { addDays, civilDateOf, daysBetween, isCivilDate, startOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  readDayTotals as daysRoute,
  exportVerifications as exportRoute,
} from '@ddp/contracts/rewards/counter-routes';
import type { listVerifications as route } from '@ddp/contracts/rewards/routes';
import { maxExportRows } from '@ddp/contracts/rewards/tables';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import { verificationColumns } from '../catalogue/verification-columns.ts';
import type { RewardsDeps } from '../deps.ts';
import { toYuan } from '../domain/benefit-row.ts';
import { listShops } from '../store/shops.ts';
import * as verifications from '../store/verifications.ts';
import { requireOperator } from './check-code.ts';
import { requireOwner } from './require-own-merchant.ts';

const mostDays = 92;
const mostShops = 1_000;

/** What the own merchant verified, by day, clerk and shop. */
export async function listVerifications(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { merchantId } = requireOperator(principal);
  const { day, clerkId, shopId } = query;
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const within = day === undefined ? undefined : spanOf(day, day, '/day');
  const filter = { within, clerkId, shopId };
  const rows = await verifications.listVerifications(store.db, merchantId, filter, page);
  return toPage(rows, query.limit, showVerification, ({ id }) => id);
}

export function showVerification(one: verifications.Verification) {
  const { id, voucherId, benefitTitle, unitValueCents, clerkId, shopId, undoReason } = one;
  const { isPrinted } = one;
  return {
    ...{ id, voucherId, benefitTitle, unitValueCents, clerkId, shopId, undoReason, isPrinted },
    verifiedAt: one.verifiedAt.toISOString(),
    undoUntil: one.undoUntil?.toISOString() ?? null,
    undoneAt: one.undoneAt?.toISOString() ?? null,
  };
}

/** Each day's number and face value, counted from the verifications themselves. */
export async function readDayTotals(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof daysRoute>,
): Promise<RouteResult<typeof daysRoute>> {
  const { merchantId } = requireOperator(principal);
  const { fromOn, toOn, shopId } = query;
  const within = spanOf(fromOn, toOn, 'toOn');
  return { items: await verifications.readDayTotals(store.db, merchantId, { within, shopId }) };
}

/** The verifications of a span as a table for the own books; an audit row says who took it. */
export async function exportVerifications(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof exportRoute>,
): Promise<RouteResult<typeof exportRoute>> {
  const { merchantId } = requireOwner(principal);
  const within = spanOf(body.fromOn, body.toOn, '/toOn');
  const page = { after: null, limit: maxExportRows };
  const rows = await verifications.listVerifications(store.db, merchantId, { within }, page);
  if (rows.length > maxExportRows) throw new Problem(commonProblems.tooManyRows);
  const shops = await listShops(store.db, merchantId, {
    ...{ after: null, limit: mostShops, isOpen: false },
  });
  const command = { actor: actorOf(principal), key, name: 'export-verifications', input: body };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'export-verifications',
      objectKind: 'merchant',
      objectId: merchantId,
      detail: { ...body, rows: rows.length },
    });
  });
  const shopNames = new Map(shops.map(({ id, name }) => [id, name]));
  const table = rows.map((row) => rowOf(row, shopNames));
  return writeWorkbook([{ name: '核销记录', columns: verificationColumns, rows: table }]);
}

function rowOf(row: verifications.Verification, shopNames: ReadonlyMap<string, string>) {
  const { verifiedAt, benefitTitle, unitValueCents, shopId, operatorRole, voucherId } = row;
  const isUndone = row.undoneAt !== null;
  const day = civilDateOf(verifiedAt);
  const secondsOfDay = (verifiedAt.getTime() - startOf(day).getTime()) / 1_000;
  return {
    day,
    time: new Date(secondsOfDay * 1_000).toISOString().slice(11, 19),
    title: benefitTitle,
    yuan: toYuan(unitValueCents),
    shop: shopId === null ? '' : (shopNames.get(shopId) ?? ''),
    by: operatorRole === 'merchant-owner' ? '店主' : '店员',
    state: isUndone ? '已撤销' : '有效',
    voucher: voucherId,
  };
}

/** From the first instant of a day until after the last one of another, a quarter at the most. */
function spanOf(fromOn: string, toOn: string, pointer: string): { from: Date; until: Date } {
  if (isCivilDate(fromOn) && isCivilDate(toOn)) {
    const days = daysBetween(fromOn, toOn);
    if (days >= 0 && days < mostDays) {
      return { from: startOf(fromOn), until: startOf(addDays(toOn, 1)) };
    }
  }
  const message = {
    zh: `起止日期不对，最多 ${mostDays} 天`,
    en: `not a span of at most ${mostDays} days`,
  };
  throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer, message }] });
}
