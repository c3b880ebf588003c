import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  listPlaceCodes as listRoute,
  readPlaceCode as route,
  readPlaceCodeSvg as svgRoute,
} from '@ddp/contracts/codes/place-code-routes';
import type { PlaceCode } from '@ddp/contracts/codes/place-codes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import { renderSvg } from '@ddp/qr/svg';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import {
  endOfStepMs,
  isOpenAt,
  nonceOfStep,
  type PlaceWindow,
  stepAt,
} from '../domain/place-step.ts';
import { findPlace, listPlaces, type StoredPlace } from '../store/place-codes.ts';

/** What is told of a place: nothing of its secret. */
export function toPlaceCode({ number: _number, seal: _seal, ...place }: StoredPlace): PlaceCode {
  return place;
}

export function windowOf({ opensAt, closesAt, stepSeconds }: PlaceCode): PlaceWindow {
  const [opensAtMs, closesAtMs] = [Date.parse(opensAt), Date.parse(closesAt)];
  return { opensAtMs, closesAtMs, stepMs: stepSeconds * 1_000 };
}

export async function listPlaceCodes(
  { store }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('places.show', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listPlaces(store.db, areaPaths, page);
  return toPage(rows, query.limit, toPlaceCode, (place) => place.id);
}

/** The code of this moment, for the screen at the place. */
export async function readPlaceCode(
  { store, placeKeys, publicUrl }: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('places.show', principal);
  const { areaPaths } = requirePerson(principal);
  const place = await findPlace(store.db, { id: params.id }, areaPaths);
  if (!place) throw new Problem(commonProblems.notFound);
  const window = windowOf(place);
  const nowMs = (await readNow(store.db, store.clock)).getTime();
  if (place.isClosed || !isOpenAt(window, nowMs)) {
    return { ...toPlaceCode(place), code: null, url: null, codeValidUntil: null };
  }
  const step = stepAt(window, nowMs);
  const code = `${place.number}${nonceOfStep(placeKeys.secretOf(place.id, place.seal), step)}`;
  return {
    ...toPlaceCode(place),
    code,
    url: `${publicUrl}/p/${code}`,
    codeValidUntil: new Date(endOfStepMs(window, step)).toISOString(),
  };
}

export async function readPlaceCodeSvg(
  deps: CodesDeps,
  caller: Caller,
  request: RouteRequest<typeof svgRoute>,
): Promise<RouteResult<typeof svgRoute>> {
  const { url } = await readPlaceCode(deps, caller, request);
  if (url === null) throw new Problem(commonProblems.conflict);
  return new TextEncoder().encode(renderSvg(url));
}
