import type { Area } from '@ddp/contracts/directory/schemas';
import { levelAbove } from './area-levels.ts';
import { nearestProgramme } from './area-tree.ts';

interface ProgrammeArea {
  id: string;
  areaPath: string;
}

export type RelocationRefusal =
  | 'area-closed'
  | 'area-inside-itself'
  | 'parent-mismatch'
  | 'same-parent'
  | 'programme-conflict';

export type RelocationDecision = { newPath: string } | { refusal: RelocationRefusal };

const refuse = (refusal: RelocationRefusal) => ({ refusal });

/** Whether the area may hang under the parent, and the path that it gets. */
export function decideMove(
  area: Area,
  parent: Area,
  programmes: readonly ProgrammeArea[],
): RelocationDecision {
  if (area.state !== 'open' || parent.state !== 'open') return refuse('area-closed');
  if (parent.areaPath.startsWith(area.areaPath)) return refuse('area-inside-itself');
  if (levelAbove(area.level) !== parent.level) return refuse('parent-mismatch');
  if (area.parentCode === parent.code) return refuse('same-parent');
  const newPath = `${parent.areaPath}${area.code}/`;
  if (!keepsProgramme(area.areaPath, newPath, programmes)) return refuse('programme-conflict');
  return { newPath };
}

/** Whether one area may go on as another of its level, and the path of that other. */
export function decideMerge(
  area: Area,
  into: Area,
  programmes: readonly ProgrammeArea[],
): RelocationDecision {
  if (area.state !== 'open' || into.state !== 'open') return refuse('area-closed');
  if (area.code === into.code) return refuse('area-inside-itself');
  if (area.level !== into.level) return refuse('parent-mismatch');
  const isBound = programmes.some((programme) => programme.areaPath === area.areaPath);
  if (isBound || !keepsProgramme(area.areaPath, into.areaPath, programmes)) {
    return refuse('programme-conflict');
  }
  return { newPath: into.areaPath };
}

/**
 * Whether people under the old path stay with their programme under the new one: points and ratings
 * of one programme are worth nothing in another. Who had none may come under one.
 */
function keepsProgramme(
  oldPath: string,
  newPath: string,
  programmes: readonly ProgrammeArea[],
): boolean {
  const before = nearestProgramme(oldPath, programmes);
  if (before === null || before.areaPath === oldPath) return true;
  return nearestProgramme(newPath, programmes)?.id === before.id;
}

/** The path of a row that stood under the old path, or null where it did not. */
export function rewritePath(path: string, oldPath: string, newPath: string): string | null {
  return path.startsWith(oldPath) ? `${newPath}${path.slice(oldPath.length)}` : null;
}
