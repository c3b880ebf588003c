import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  listCodes as listRoute,
  readCodePng as pngRoute,
  readCode as route,
  readCodeSvg as svgRoute,
} from '@ddp/contracts/codes/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { renderPng } from '@ddp/qr/png';
import { renderSvg } from '@ddp/qr/svg';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import * as codes from '../store/codes.ts';

export async function readCode(
  { store, publicUrl }: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const code = await codes.findCode(store.db, params.id, areaPaths, publicUrl);
  if (!code) throw new Problem(commonProblems.notFound);
  return code;
}

export async function listCodes(
  { store, publicUrl }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await codes.listCodes(store.db, areaPaths, query, page, publicUrl);
  return toPage(
    rows,
    query.limit,
    (code) => code,
    (code) => code.id,
  );
}

export async function readCodeSvg(
  deps: CodesDeps,
  caller: Caller,
  request: RouteRequest<typeof svgRoute>,
): Promise<RouteResult<typeof svgRoute>> {
  const { url } = await readCode(deps, caller, request);
  return new TextEncoder().encode(renderSvg(url));
}

export async function readCodePng(
  deps: CodesDeps,
  caller: Caller,
  request: RouteRequest<typeof pngRoute>,
): Promise<RouteResult<typeof pngRoute>> {
  const { url } = await readCode(deps, caller, request);
  return new Uint8Array(await renderPng(url));
}
