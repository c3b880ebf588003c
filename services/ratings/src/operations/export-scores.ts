import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import type { exportScores as route } from '@ddp/contracts/ratings/score-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Column } from '@ddp/paper/spreadsheet/column';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RatingsDeps } from '../deps.ts';
import { type ScoreTerms, scoreOf } from '../domain/score.ts';
import { readSubjectTallies, type SubjectTallies } from '../store/bins.ts';
import { notice, periodOf, readTerms, readToday } from './read-scores.ts';

/** More are for exports of smaller areas. */
const mostSubjects = 10_000;
const usualMonths = 12;

const columns = [
  { key: 'name', title: { zh: '被评价对象', en: 'Subject' } },
  { key: 'id', title: { zh: '编号', en: 'Id' } },
  { key: 'mean', title: { zh: '得分', en: 'Score' } },
  { key: 'margin', title: { zh: '95% 区间 ±', en: '95 % interval ±' } },
  { key: 'count', title: { zh: '评价数 n', en: 'n' } },
  { key: 'guestCount', title: { zh: '未登录评价数', en: 'Guests' } },
  { key: 'assistedCount', title: { zh: '代评数', en: 'Assisted' } },
  { key: 'level5', title: { zh: '非常满意', en: 'Very satisfied' } },
  { key: 'level4', title: { zh: '满意', en: 'Satisfied' } },
  { key: 'level3', title: { zh: '基本满意', en: 'Acceptable' } },
  { key: 'level2', title: { zh: '不满意', en: 'Dissatisfied' } },
  { key: 'level1', title: { zh: '非常不满意', en: 'Very dissatisfied' } },
  { key: 'rule', title: { zh: '须知', en: 'Rule' }, width: 40 },
] as const satisfies readonly Column[];

const noteColumns = [{ key: 'note', title: { zh: '说明', en: 'Notes' }, width: 60 }] as const;

/**
 * The scores of an area's subjects as a workbook, with n, interval and the rule on each line. It holds what is told and nothing finer; an audit row says who took it.
 */
export async function exportScores(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('ratings.read', principal);
  const { store } = deps;
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const today = await readToday(deps);
  const period = periodOf(today, body, usualMonths);
  const subjects = await readSubjectTallies(store.db, [areaPath], period, mostSubjects);
  const command = { actor: actorOf(principal), key, name: 'export-scores', input: body };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'export-scores', objectKind: 'area', objectId: body.areaCode },
      detail: { rows: subjects.length, ...period },
    });
  });
  const terms = new Map<string | null, ScoreTerms>();
  for (const { told } of subjects) {
    if (terms.has(told.programmeId)) continue;
    terms.set(told.programmeId, await readTerms(deps, told, today, false));
  }
  const rows = subjects.flatMap((subject) => {
    const own = terms.get(subject.told.programmeId);
    return own ? [toRow(subject, own)] : [];
  });
  const notes = [
    `期间 ${period.fromMonth} 至 ${period.toMonth}；只含五人及以上一组公布的评价。`,
    'Only ratings that are told in groups of five raters or more.',
  ];
  return writeWorkbook([
    { name: '评价得分', columns, rows },
    { name: '说明', columns: noteColumns, rows: notes.map((note) => ({ note })) },
  ]);
}

function toRow({ subjectId, name, told }: SubjectTallies, terms: ScoreTerms) {
  const { levels, ...figures } = scoreOf(told.tallies, terms);
  const [level1, level2, level3, level4, level5] = levels;
  return { name, id: subjectId, ...figures, level1, level2, level3, level4, level5, rule: notice };
}
