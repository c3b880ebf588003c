import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { importAreas as route } from '@ddp/contracts/directory/routes';
import type { Area } from '@ddp/contracts/directory/schemas';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { type PlacedArea, placeAreas } from '../domain/area-tree.ts';
import { keepPast } from '../store/area-past.ts';
import { insertAreas, lockAllAreas, renameArea } from '../store/areas.ts';
import { touchSubjectsOfArea } from '../store/subjects.ts';
import { tellSubjects } from './tell-subjects.ts';

/** Adds areas that are new and renames known ones; a table may be brought in again at any time. */
export async function importAreas(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('areas.manage', principal);
  const command = { actor: actorOf(principal), key, name: 'import-areas', input: body };
  return runCommand(store, command, async (tx) => {
    const known = await lockAllAreas(tx);
    const knownPaths = new Map([...known].map(([code, area]) => [code, area.areaPath]));
    const { placed, orphans } = placeAreas(body.areas, knownPaths);
    orphans.push(...placed.filter((area) => isUnderClosed(area, known)).map(({ code }) => code));
    if (orphans.length > 0) {
      const errors = body.areas.flatMap(({ code, parentCode }, index) => {
        if (!orphans.includes(code)) return [];
        const message = { zh: `没有 ${parentCode}`, en: `${parentCode} is not there` };
        return [{ pointer: `/areas/${index}/parentCode`, message }];
      });
      throw new Problem(directoryProblems.orphanArea, { errors: errors.slice(0, 50) });
    }
    const added = placed.filter((area) => !known.has(area.code));
    const renamed = placed.filter(
      (area) => known.has(area.code) && known.get(area.code)?.name !== area.name,
    );
    await insertAreas(tx, store.clock, added);
    const change = { id: newId(), kind: 'renamed' as const, reason: '' };
    await keepPast(tx, store.clock, change, { codes: renamed.map(({ code }) => code) });
    for (const { code, name } of renamed) {
      await renameArea(tx, code, name);
      // The cards of its subjects show its name.
      await tellSubjects(tx, store, await touchSubjectsOfArea(tx, code), principal.requestId);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'import-areas',
      objectKind: 'area',
      objectId: body.areas[0]?.code ?? '',
      detail: { added: added.length, renamed: renamed.length },
    });
    return { added: added.length, renamed: renamed.length };
  });
}

/** Whether a new area names a parent that takes nothing any more. */
function isUnderClosed(area: PlacedArea, known: ReadonlyMap<string, Area>): boolean {
  const parent = area.parentCode === null ? undefined : known.get(area.parentCode);
  return !known.has(area.code) && parent !== undefined && parent.state !== 'open';
}
