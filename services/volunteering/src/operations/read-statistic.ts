import {
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { CallProblem } from '@ddp/contracts/call';
import { listAreas, readArea } from '@ddp/contracts/directory/routes';
import type { Area } from '@ddp/contracts/directory/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { readStatistic as route } from '@ddp/contracts/volunteering/statistic-routes';
import type { Statistic, StatisticFigures } from '@ddp/contracts/volunteering/statistics';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import {
  decideVeils,
  type Figures,
  isFew,
  leastPeople,
  monthsOf,
  noFigures,
  periodsOf,
} from '../domain/statistics.ts';
import { readFigures, type StoredFigures } from '../store/statistics.ts';

/** No division of the country has more right below it. */
const mostParts = 300;

/** What was served in an area and its parts in a month or a quarter, as it was counted. */
export async function readStatistic(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  return countArea(deps, principal, query);
}

/** The same for whoever may read it. Throws where the area is out of the principal's reach. */
export async function countArea(
  deps: VolunteeringDeps,
  principal: Principal,
  { areaCode, period }: { areaCode: string; period: string },
): Promise<Statistic> {
  const { requestId } = principal;
  const programmeId = requireProgramme(requirePerson(principal));
  const { name: areaName, areaPath } = await findArea(deps, areaCode, requestId);
  requireArea(principal, areaPath);
  const { db } = deps.store;
  const parts = await listParts(deps, areaCode, requestId);
  const areaPaths = [areaPath, ...parts.map((part) => part.areaPath)];
  const [, quarter] = periodsOf(`${monthsOf(period)[0]}-01`);
  const periods = [quarter, ...monthsOf(quarter)];
  const stored = await readFigures(db, programmeId, { areaPaths, periods });
  const figuresOf = (path: string, when: string) => findFigures(stored, path, when);
  const whole = figuresOf(areaPath, period);
  const told = parts.map((part) => figuresOf(part.areaPath, period));
  const veils = decideVeils(
    told.map(({ people }) => people),
    hasFewBeside(whole, told),
  );
  const skilled = await readFigures(db, programmeId, {
    areaPaths: [areaPath],
    periods: [period],
    bySkill: true,
  });
  const hides = (path: string) => isMonthVeiled(period, quarter, (when) => figuresOf(path, when));
  const isWholeVeiled = hides(areaPath);
  return {
    ...{ areaCode, areaName, areaPath, period },
    ...showFigures(whole, isWholeVeiled),
    skills: skilled.map((one) => showSkill(one, isWholeVeiled)),
    parts: parts.map((part, index) => ({
      ...{ areaCode: part.code, areaName: part.name },
      ...showFigures(told[index] ?? noFigures, veils[index] === true || hides(part.areaPath)),
    })),
  };
}

function findFigures(stored: readonly StoredFigures[], areaPath: string, period: string): Figures {
  const found = stored.find((one) => one.areaPath === areaPath && one.period === period);
  return found?.figures ?? noFigures;
}

/** Whether what lies in none of the parts is so little that it tells of somebody. */
function hasFewBeside(whole: Figures, parts: readonly Figures[]): boolean {
  return isFew(parts.reduce((left, { services }) => left - services, whole.services));
}

/** A month of few must not follow from its quarter and the other months. */
function isMonthVeiled(
  period: string,
  quarter: string,
  figuresOf: (period: string) => Figures,
): boolean {
  if (period === quarter) return false;
  const months = monthsOf(quarter);
  const veils = decideVeils(
    months.map((month) => figuresOf(month).people),
    false,
  );
  return veils[months.indexOf(period)] === true;
}

function showFigures(figures: Figures, isVeiled: boolean): StatisticFigures {
  const { people, recordedPeople, verifiedMinutes, recordedMinutes, services, orders } = figures;
  const { teams, activities, shifts } = figures;
  const isHidden = isVeiled || isFew(people);
  const told = (figure: number) => (isHidden ? null : figure);
  return {
    ...{ people: told(people), verifiedMinutes: told(verifiedMinutes) },
    recordedMinutes: isFew(recordedPeople) ? null : recordedMinutes,
    ...{ services: told(services), orders: told(orders), teams, activities, shifts },
  };
}

function showSkill({ skillId, skillName, figures }: StoredFigures, isVeiled: boolean) {
  const { people, verifiedMinutes, services } = figures;
  const isHidden = isVeiled || people < leastPeople;
  const told = (figure: number) => (isHidden ? null : figure);
  return {
    ...{ skillId: skillId ?? '', name: skillName ?? '' },
    ...{ people: told(people), verifiedMinutes: told(verifiedMinutes), services: told(services) },
  };
}

async function findArea({ caller }: VolunteeringDeps, code: string, requestId: string) {
  return caller.call(readArea, { params: { code } }, { requestId }).catch((error: unknown) => {
    const isMissing = error instanceof CallProblem && error.document.status === 404;
    throw isMissing ? new Problem(commonProblems.unknownArea, { cause: error }) : error;
  });
}

/** The areas right below. */
async function listParts({ caller }: VolunteeringDeps, parentCode: string, requestId: string) {
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
