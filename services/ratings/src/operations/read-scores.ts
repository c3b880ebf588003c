import { type CivilDate, civilDateOf, monthOf } from '@ddp/calendar/civil-date';
import type {
  readAreaScore as areaRoute,
  readScoreHistory as historyRoute,
  readScore as scoreRoute,
  readUnitScore as unitRoute,
} from '@ddp/contracts/ratings/score-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RatingsDeps } from '../deps.ts';
import { inForceOn } from '../domain/question-set.ts';
import { monthBefore, type ScoreTerms, scoreOf } from '../domain/score.ts';
import { readTallies, type Told } from '../store/bins.ts';
import { listPublished } from '../store/question-sets.ts';

export const notice =
  '评价不得单独作为薪酬或解聘的依据。Ratings alone never decide pay or dismissal.';

const historyMonths = 60;
/** Of an area or a unit, whose bins are many, unless a period is asked for. */
const usualMonths = 12;

/** The score of a subject: of all that was told, or of a period. */
export async function readScore(
  deps: RatingsDeps,
  _caller: Caller,
  { params, query }: RouteRequest<typeof scoreRoute>,
): Promise<RouteResult<typeof scoreRoute>> {
  const today = await readToday(deps);
  const filter = { subjectId: params.id, ...periodOf(today, query) };
  const told = await readTallies(deps.store.db, filter);
  const terms = await readTerms(deps, told, today, false);
  return { subjectId: params.id, ...scoreOf(told.tallies, terms), notice };
}

/** The score of a subject month by month. */
export async function readScoreHistory(
  deps: RatingsDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof historyRoute>,
): Promise<RouteResult<typeof historyRoute>> {
  const today = await readToday(deps);
  const filter = { subjectId: params.id, ...periodOf(today, {}, historyMonths) };
  const told = await readTallies(deps.store.db, filter);
  const terms = await readTerms(deps, told, today, false);
  const months = [...new Set(told.tallies.map(({ month }) => month))].sort();
  return {
    subjectId: params.id,
    months: months.slice(-historyMonths).map((month) => ({
      month,
      ...scoreOf(
        told.tallies.filter((tally) => tally.month === month),
        { ...terms, thisMonth: month },
      ),
    })),
    notice,
  };
}

/** The score of all who serve in a unit. */
export async function readUnitScore(
  deps: RatingsDeps,
  _caller: Caller,
  { params, query }: RouteRequest<typeof unitRoute>,
): Promise<RouteResult<typeof unitRoute>> {
  const today = await readToday(deps);
  const filter = { unitId: params.id, ...periodOf(today, query, usualMonths) };
  const told = await readTallies(deps.store.db, filter);
  const terms = await readTerms(deps, told, today, true);
  return { unitId: params.id, ...scoreOf(told.tallies, terms), notice };
}

/** The score of an area with all that lies in it. */
export async function readAreaScore(
  deps: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof areaRoute>,
): Promise<RouteResult<typeof areaRoute>> {
  const areaPath = await resolveArea(deps, query.areaCode, principal.requestId);
  const today = await readToday(deps);
  const filter = { scope: [areaPath], ...periodOf(today, query, usualMonths) };
  const told = await readTallies(deps.store.db, filter);
  const terms = await readTerms(deps, told, today, true);
  return { areaCode: query.areaCode, ...scoreOf(told.tallies, terms), notice };
}

/** The day by the database's clock, so that no process has a month of its own. */
export async function readToday({ store }: RatingsDeps): Promise<CivilDate> {
  return civilDateOf(await readNow(store.db, store.clock));
}

interface Period {
  fromMonth?: string | undefined;
  toMonth?: string | undefined;
}

/** The months that are asked for; the last so many unless they are. */
export function periodOf(today: CivilDate, { fromMonth, toMonth }: Period, months?: number) {
  const last = toMonth ?? monthOf(today);
  const first = months === undefined ? '2000-01' : monthBefore(last, months - 1);
  return { fromMonth: fromMonth ?? first, toMonth: last };
}

/** By which weights something that was told becomes a score. */
export async function readTerms(
  { store }: RatingsDeps,
  { programmeId }: Told,
  today: CivilDate,
  withAssisted: boolean,
): Promise<ScoreTerms> {
  const sets = await listPublished(store.db, programmeId === null ? [] : [programmeId]);
  const { scoring } = inForceOn(sets.get(programmeId ?? '') ?? [], today).content;
  return { scoring, thisMonth: monthOf(today), withAssisted };
}
