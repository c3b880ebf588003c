import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import { listCoverageAreas, readCoverage } from '@ddp/contracts/directory/coverage-routes';
import { listAreas, readArea } from '@ddp/contracts/directory/routes';
import type { Area } from '@ddp/contracts/directory/schemas';
import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { readSolvency } from '@ddp/contracts/points/solvency-routes';
import { readAreaDay } from '@ddp/contracts/ratings/area-day-routes';
import { readAreaReport } from '@ddp/contracts/ratings/area-report-routes';
import { readAreaUse } from '@ddp/contracts/rewards/area-use-routes';
import { readStatistic } from '@ddp/contracts/volunteering/statistic-routes';
import type { WallFigures } from '@ddp/contracts/wall/figures';
import type { Ask } from './ask-as-kiosk.ts';

export type SectionName = Exclude<keyof WallFigures, 'at'>;
type Told<N extends SectionName> = Omit<NonNullable<WallFigures[N]>, 'at'>;

interface Source<N extends SectionName> {
  /** Read at each so many looks. */
  everyLooks: number;
  read(ask: Ask, kiosk: KioskPrincipal, now: Date): Promise<Told<N>>;
}

/** No division of the country has more right below it. */
const mostParts = 300;
/** Fewer than so many might tell of somebody. */
const fewest = 5;

/** Zero is told, for it tells of nobody; one to four are not. */
const veil = (count: number | null): number | null =>
  count !== null && count > 0 && count < fewest ? null : count;

interface Score {
  count: number;
  mean: number | null;
  margin: number | null;
}
const showScore = ({ count, mean, margin }: Score) => {
  const shown = veil(count);
  return {
    count: shown,
    mean: shown === null ? null : mean,
    margin: shown === null ? null : margin,
  };
};

async function listParts(ask: Ask, parentCode: string): Promise<Area[]> {
  const parts: Area[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { parentCode, limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const page: { items: Area[]; nextCursor: string | null } = await ask(listAreas, { query });
    parts.push(...page.items);
    cursor = parts.length < mostParts ? page.nextCursor : null;
  }
  return parts;
}

/** Where each part of the figures comes from; each picks what a wall may show, and no more. */
export const sources: { [N in SectionName]: Source<N> } = {
  areas: {
    everyLooks: 12,
    async read(ask, { areaCode }) {
      const { code, name, level } = await ask(readArea, { params: { code: areaCode } });
      const parts = await listParts(ask, areaCode);
      return {
        area: { code, name, level },
        parts: parts.map((part) => ({ code: part.code, name: part.name })),
      };
    },
  },
  today: {
    everyLooks: 1,
    async read(ask, { areaCode }) {
      const day = await ask(readAreaDay, { query: { areaCode } });
      return {
        ratings: veil(day.ratings),
        openFollowUps: veil(day.openFollowUps),
        overdueFollowUps: veil(day.overdueFollowUps),
      };
    },
  },
  ratings: {
    everyLooks: 4,
    async read(ask, { areaCode }, now) {
      const month = monthOf(civilDateOf(now));
      const report = await ask(readAreaReport, { query: { areaCode, month } });
      const { year, trend, parts, followUps } = report;
      return {
        month: showScore(report),
        year: { ...showScore(year), levels: year.levels.map(veil) },
        trend: trend.map((one) => ({ month: one.month, ...showScore(one) })),
        parts: parts.map((part) => ({ code: part.areaCode, ...showScore(part) })),
        closedFollowUps: veil(followUps.closed),
        closedOnTime: veil(followUps.closed) === null ? null : veil(followUps.closedOnTime),
      };
    },
  },
  coverage: {
    everyLooks: 12,
    async read(ask, { areaCode }) {
      const params = { code: areaCode };
      const { levels, certifiedWorkers } = await ask(readCoverage, { params });
      const [, below] = levels;
      const query = { level: below?.level ?? 'community', limit: 100 };
      const page = below ? await ask(listCoverageAreas, { params, query }) : { items: [] };
      return {
        levels: levels.map(({ level, areas, withStation, withCertifiedWorker }) => ({
          ...{ level, areas, withStation, withCertifiedWorker },
        })),
        certifiedWorkers,
        parts: page.items.map(({ code, hasStation, certifiedWorkers: workers }) => ({
          ...{ code, hasStation, workers },
        })),
      };
    },
  },
  points: {
    everyLooks: 4,
    async read(ask) {
      const { outstandingPoints, fundedPoints, percent } = await ask(readSolvency, {});
      return { outstanding: outstandingPoints, funded: fundedPoints, percent };
    },
  },
  redemptions: {
    everyLooks: 1,
    async read(ask, { areaCode }) {
      const { today, thisMonth } = await ask(readAreaUse, { query: { areaCode } });
      return { today: veil(today), thisMonth: veil(thisMonth) };
    },
  },
  volunteering: {
    everyLooks: 4,
    async read(ask, { areaCode }, now) {
      const period = monthOf(civilDateOf(now));
      const told = await ask(readStatistic, { query: { areaCode, period } });
      const { people, verifiedMinutes, services, teams } = told;
      return {
        ...{ people: veil(people), verifiedMinutes, services: veil(services), teams },
        parts: told.parts.map((part) => ({
          ...{ code: part.areaCode, verifiedMinutes: part.verifiedMinutes },
        })),
      };
    },
  },
};
