import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listDrawNumbers as numbersRoute,
  readDraw as readRoute,
  readDrawRecord as recordRoute,
  listDraws as route,
} from '@ddp/contracts/rewards/draw-routes';
import type { RouteAnswer, RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { listPublished } from '../store/draw-entries.ts';
import { findDraw, listDrawsOf, type StoredDraw } from '../store/draws.ts';
import { requireBenefitInSight } from './list-benefits.ts';
import { showDraw } from './show-draw.ts';

/** The draws of a benefit that the person sees. */
export async function listDraws(
  deps: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('signed-in', principal);
  const benefit = await requireBenefitInSight(deps, requirePerson(principal), query.benefitId);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listDrawsOf(deps.store.db, benefit.id, page);
  return toPage(rows, query.limit, showDraw, ({ id }) => id);
}

export async function readDraw(
  { store }: RewardsDeps,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  return showDraw(await requireDraw(store.db, params.id));
}

const numberCursor = /^[0-9a-f]{16}$/;
const placeCursor = /^[0-9]{1,5}$/;

/** The frozen list, by numbers alone. */
export async function listDrawNumbers(
  { store }: RewardsDeps,
  { params, query }: RouteRequest<typeof numbersRoute>,
): Promise<RouteResult<typeof numbersRoute>> {
  const draw = await requireDraw(store.db, params.id);
  if (draw.frozenAt === null) return { items: [], nextCursor: null };
  const by = orderOf(draw);
  const after = decodeCursor(query.cursor, by === 'drawn_place' ? placeCursor : numberCursor);
  const page = { by, after, limit: query.limit + 1 };
  const rows = await listPublished(store.db, draw.id, page);
  return toPage(
    rows,
    query.limit,
    (row) => row,
    ({ entryNumber, place }) => (by === 'drawn_place' ? String(place) : entryNumber),
  );
}

/** A line that describes the draw, and one for each entry in the order of the result. */
export async function readDrawRecord(
  { store }: RewardsDeps,
  { params }: RouteRequest<typeof recordRoute>,
): Promise<RouteAnswer<typeof recordRoute>> {
  const draw = await requireDraw(store.db, params.id);
  const lines: object[] = [showDraw(draw)];
  if (draw.frozenAt !== null) {
    const all = { by: orderOf(draw), after: null, limit: draw.entries ?? 0 };
    lines.push(...(await listPublished(store.db, draw.id, all)));
  }
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return new TextEncoder().encode(text);
}

const orderOf = ({ drawnAt }: StoredDraw): 'entry_number' | 'drawn_place' =>
  drawnAt === null ? 'entry_number' : 'drawn_place';

async function requireDraw(db: RewardsDeps['store']['db'], id: string): Promise<StoredDraw> {
  const draw = await findDraw(db, id);
  if (!draw) throw new Problem(commonProblems.notFound);
  return draw;
}
