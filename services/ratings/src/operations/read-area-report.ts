import { requireArea, requirePermission } from '@ddp/auth/authorize';
import {
  addDays,
  type CivilDate,
  monthOf,
  parseCivilDate,
  startOf,
} from '@ddp/calendar/civil-date';
import { CallProblem } from '@ddp/contracts/call';
import { listAreas, readArea } from '@ddp/contracts/directory/routes';
import type { Area } from '@ddp/contracts/directory/schemas';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { readAreaReport as route } from '@ddp/contracts/ratings/area-report-routes';
import type { AreaReport } from '@ddp/contracts/ratings/area-report-schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { monthBefore, type ScoreTerms, scoreOf } from '../domain/score.ts';
import { readPartTallies, readTallies, type Told } from '../store/bins.ts';
import { countFollowUps } from '../store/follow-up-figures.ts';
import { notice, readTerms, readToday } from './read-scores.ts';

const trendMonths = 12;
/** No division of the country has more right below it. */
const mostParts = 300;

/** The report of a month for the officers of the area. */
export async function readAreaReport(
  deps: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('follow-ups.read', principal);
  const today = await readToday(deps);
  const month = query.month ?? monthBefore(monthOf(today), 1);
  const of = { ...query, month, today };
  const told = await readAreaFigures(deps, of, principal.requestId, (areaPath) =>
    requireArea(principal, areaPath),
  );
  const { areaPath, parentCode: _above, ...figures } = told;
  const followUps = await countFollowUps(deps.store.db, [areaPath], ...instantsOf(month));
  return { ...figures, followUps, notice };
}

export type AreaFigures = Omit<AreaReport, 'followUps' | 'notice'> & {
  areaPath: string;
  parentCode: string | null;
};

/**
 * What anybody may know of the ratings of an area, its parts and its last twelve months up to a month,
 * to this one unless another is given.
 */
export async function readAreaFigures(
  deps: RatingsDeps,
  { areaCode, ...at }: { areaCode: string; month?: string; today?: CivilDate },
  requestId: string,
  authorize: (areaPath: string) => void = () => {},
): Promise<AreaFigures> {
  const today = at.today ?? (await readToday(deps));
  const month = at.month ?? monthOf(today);
  const { name: areaName, areaPath, parentCode } = await findArea(deps, areaCode, requestId);
  authorize(areaPath);
  const fromMonth = monthBefore(month, trendMonths - 1);
  const period = { fromMonth, toMonth: month };
  const termsOf = createTermsReader(deps, today, month);
  const told = await readTallies(deps.store.db, { scope: [areaPath], ...period });
  const { tallies } = told;
  const terms = await termsOf(told);
  const inMonth = (one: string) =>
    scoreOf(
      tallies.filter((tally) => tally.month === one),
      { ...terms, thisMonth: one },
    );
  const parts: AreaReport['parts'] = [];
  const toldOfParts = await readPartTallies(deps.store.db, areaPath, period);
  for (const part of await listParts(deps, areaCode, requestId)) {
    const toldOfPart = toldOfParts.get(part.areaPath) ?? { tallies: [], programmeId: null };
    parts.push({
      ...{ areaCode: part.code, areaName: part.name },
      ...scoreOf(toldOfPart.tallies, await termsOf(toldOfPart)),
    });
  }
  const months = Array.from({ length: trendMonths }, (_none, index) =>
    monthBefore(month, trendMonths - 1 - index),
  );
  return {
    ...{ areaCode, areaName, areaPath, parentCode, month },
    ...inMonth(month),
    year: scoreOf(tallies, terms),
    trend: months.map((one) => ({ month: one, ...inMonth(one) })),
    parts,
  };
}

/** Reads the terms of a programme once. */
function createTermsReader(deps: RatingsDeps, today: CivilDate, thisMonth: string) {
  const known = new Map<string | null, ScoreTerms>();
  return async (told: Told): Promise<ScoreTerms> => {
    const kept = known.get(told.programmeId);
    const terms = kept ?? { ...(await readTerms(deps, told, today, true)), thisMonth };
    known.set(told.programmeId, terms);
    return terms;
  };
}

async function findArea({ caller }: RatingsDeps, code: string, requestId: string) {
  return caller.call(readArea, { params: { code } }, { requestId }).catch((error: unknown) => {
    const isMissing = error instanceof CallProblem && error.document.status === 404;
    throw isMissing ? new Problem(commonProblems.unknownArea, { cause: error }) : error;
  });
}

/** The areas right below. */
async function listParts({ caller }: RatingsDeps, parentCode: string, requestId: string) {
  const parts: Area[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { parentCode, limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const page: { items: Area[]; nextCursor: string | null } = await caller.call(
      listAreas,
      { query },
      { requestId },
    );
    parts.push(...page.items);
    cursor = parts.length < mostParts ? page.nextCursor : null;
  }
  return parts;
}

/** A month in Asia/Shanghai, the end not included. */
function instantsOf(month: string): [Date, Date] {
  const first = parseCivilDate(`${month}-01`);
  const next = monthOf(addDays(first, 31));
  return [startOf(first), startOf(parseCivilDate(`${next}-01`))];
}
