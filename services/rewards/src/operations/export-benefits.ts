import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { exportBenefits as route } from '@ddp/contracts/rewards/table-routes';
import { maxExportRows } from '@ddp/contracts/rewards/tables';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import {
  allocationWords,
  exportColumns,
  kindWords,
  payerWords,
  stateWords,
} from '../catalogue/benefit-columns.ts';
import type { RewardsDeps } from '../deps.ts';
import { toShares, toYuan } from '../domain/benefit-row.ts';
import { listBenefits, type RankedBenefit } from '../store/benefit-lists.ts';
import { readSponsors } from '../store/budgets.ts';

/** The benefits of the officer's area in the columns of an import; an audit row says who took them. */
export async function exportBenefits(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  const reach = { kind: 'area' as const, scope: areaPaths };
  const page = { after: null, limit: maxExportRows, home: null };
  const benefits = await listBenefits(store.db, store.clock, reach, body, page);
  if (benefits.length > maxExportRows) throw new Problem(commonProblems.tooManyRows);
  const budgetIds = benefits.flatMap(({ budgetId }) => budgetId ?? []);
  const sponsors = await readSponsors(store.db, [...new Set(budgetIds)]);
  const command = { actor: actorOf(principal), key, name: 'export-benefits', input: body };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'export-benefits',
      objectKind: 'table',
      objectId: 'benefits',
      detail: { ...body, rows: benefits.length },
    });
  });
  const rows = benefits.map((benefit) => rowOf(benefit, sponsors));
  return writeWorkbook([{ name: '权益', columns: exportColumns, rows }]);
}

function rowOf(benefit: RankedBenefit, sponsors: ReadonlyMap<string, string>) {
  const { shares, kind, payer, state, opensAt, closesAt, budgetId, unitValueCents } = benefit;
  const { title, description, pricePoints, minimumStanding, validDays, available } = benefit;
  const { perPersonPerDay, perPersonPerWeek, perPersonPerMonth, perPersonInTotal } = benefit;
  const named = shares.map((share) => ({ name: share.merchantName, stock: share.available }));
  return {
    ...{ title, description, pricePoints, minimumStanding, validDays, available },
    ...{ perPersonPerDay, perPersonPerWeek, perPersonPerMonth, perPersonInTotal },
    kind: kindWords[kind],
    payer: payerWords[payer],
    allocation: allocationWords[benefit.allocation],
    state: stateWords[state],
    merchants: toShares(named),
    unitValueYuan: toYuan(unitValueCents),
    budget: budgetId === null ? '' : (sponsors.get(budgetId) ?? ''),
    opensOn: opensAt === null ? '' : civilDateOf(opensAt),
    closesOn: closesAt === null ? '' : addDays(civilDateOf(closesAt), -1),
  };
}
