import { requirePerson } from '@ddp/auth/authorize';
import type {
  listOwnCodes as listRoute,
  readOwnCodeSvg as svgRoute,
} from '@ddp/contracts/codes/own-code-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { renderSvg } from '@ddp/qr/svg';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { listCodesOfPerson } from '../store/codes.ts';

/** The codes that somebody is rated by. Nobody else's: who knows an address need not be there. */
export async function listOwnCodes(
  { store, publicUrl }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listCodesOfPerson(store.db, personId, page, publicUrl);
  return toPage(
    rows,
    query.limit,
    (code) => code,
    (code) => code.id,
  );
}

export async function readOwnCodeSvg(
  { store, publicUrl }: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof svgRoute>,
): Promise<RouteResult<typeof svgRoute>> {
  const { personId } = requirePerson(principal);
  const [code] = await listCodesOfPerson(store.db, personId, params, publicUrl);
  if (!code) throw new Problem(commonProblems.notFound);
  return new TextEncoder().encode(renderSvg(code.url));
}
