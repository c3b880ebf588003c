import { createHash } from 'node:crypto';
import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import type {
  readAreaMap as readRoute,
  setAreaMap as setRoute,
} from '@ddp/contracts/directory/area-map-routes';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { Localized } from '@ddp/contracts/language';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { decideMap, type MapVerdict } from '../domain/area-map.ts';
import { deleteAreaMap, findAreaMap, writeAreaMap } from '../store/area-maps.ts';
import { findArea, listAreas } from '../store/areas.ts';
import { lockOpenArea } from './lock-open-area.ts';

/** No division of the country has more right below it. */
const mostParts = 300;

/** Sets the outlines of the areas right below one, or takes them away. */
export async function setAreaMap(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('directory.manage', principal);
  await requireSeen(store.db, principal, params.code);
  const given = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const input = { ...params, given };
  const command = { actor: actorOf(principal), key, name: 'set-area-map', input };
  return runCommand(store, command, async (tx) => {
    const { code } = await lockOpenArea(tx, principal, params.code);
    const parts = await listAreas(tx, { parentCode: code, state: 'open' }, null, mostParts);
    const names = new Map(parts.map((part) => [part.code, part.name]));
    const verdict = body.map && decideMap(body.map, names);
    if (verdict && 'refusal' in verdict) throw refusalOf(verdict);
    if (verdict) await writeAreaMap(tx, store.clock, code, verdict.map);
    else await deleteAreaMap(tx, code);
    const outlined = verdict?.map.features.length ?? 0;
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'set-area-map', objectKind: 'area', objectId: code },
      detail: { outlined },
    });
    return { areaCode: code, outlined, areas: parts.length };
  });
}

/** The outlines of the areas right below one. Throws 404 where none were brought in. */
export async function readAreaMap(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('directory.read', principal);
  await requireSeen(store.db, principal, params.code);
  const map = await findAreaMap(store.db, params.code);
  if (!map) throw new Problem(commonProblems.notFound);
  return map;
}

async function requireSeen(db: DirectoryDeps['store']['db'], principal: Principal, code: string) {
  const area = await findArea(db, code);
  if (!area) throw new Problem(commonProblems.notFound);
  requireArea(principal, area.areaPath);
}

type Refusal = Extract<MapVerdict, { refusal: string }>;

const reasons: Record<Refusal['refusal'], (at: number) => Localized> = {
  'unknown-area': (at) => ({
    zh: `第 ${at} 块的区划代码（code 或 adcode）不是本区划的直接下级`,
    en: `Shape ${at} has no code (code or adcode) of an area right below this one`,
  }),
  twice: (at) => ({
    zh: `第 ${at} 块的区划代码与前面重复`,
    en: `Shape ${at} has the code of an earlier one`,
  }),
  'no-shape': (at) => ({ zh: `第 ${at} 块没有面积`, en: `Shape ${at} has no extent` }),
  'off-the-globe': (at) => ({
    zh: `第 ${at} 块的坐标不是经纬度，请用 WGS 84 导出`,
    en: `Shape ${at} is not in longitude and latitude: export it as WGS 84`,
  }),
  'too-many-points': () => ({
    zh: '边界点太多（最多 60000 个），请先简化边界',
    en: 'There are more than 60000 points: simplify the outlines first',
  }),
};

function refusalOf({ refusal, at }: Refusal): Problem {
  return new Problem(directoryProblems.mapRefused, { detail: reasons[refusal](at) });
}
