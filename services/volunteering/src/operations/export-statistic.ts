import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { exportStatistic as route } from '@ddp/contracts/volunteering/statistic-routes';
import type { StatisticFigures } from '@ddp/contracts/volunteering/statistics';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import {
  skillFigureColumns,
  statisticColumns,
  statisticNotes,
} from '../catalogue/table-columns.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { countArea } from './read-statistic.ts';

/** What is told of an area and its parts as a workbook, and nothing finer; an audit row says who took it. */
export async function exportStatistic(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { store } = deps;
  const { areaCode, areaName, period, parts, skills, ...whole } = await countArea(
    deps,
    principal,
    body,
  );
  const command = { actor: actorOf(principal), key, name: 'export-statistic', input: body };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'export-statistic', objectKind: 'area', objectId: areaCode },
      detail: { period },
    });
  });
  const rows = [{ ...whole, areaCode, areaName }, ...parts].map((area) => ({
    ...{ areaCode: area.areaCode, areaName: area.areaName, period },
    ...toCells(area),
  }));
  const bySkill = skills.map(({ name, ...figures }) => ({ name, ...toCells(figures) }));
  return writeWorkbook([
    { name: '志愿服务统计', columns: statisticColumns, rows },
    { name: '按技能', columns: skillFigureColumns, rows: bySkill },
    {
      name: '说明',
      columns: [{ key: 'note', title: { zh: '说明', en: 'Notes' }, width: 70 }],
      rows: statisticNotes.map((note) => ({ note })),
    },
  ]);
}

/** Minutes as hours with two decimals; what is not told says so. */
function toCells(figures: Partial<StatisticFigures>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]): [string, string | number][] => {
      if (figure === null) return [[name, '不足 5 人']];
      if (typeof figure !== 'number') return [];
      return [[name, name.endsWith('Minutes') ? Math.round((figure / 60) * 100) / 100 : figure]];
    }),
  );
}
