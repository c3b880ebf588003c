import { requireArea } from '@ddp/auth/authorize';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { Area } from '@ddp/contracts/directory/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { lockAreas } from '../store/areas.ts';

/**
 * The area that something is put into, locked until the transaction ends so that it cannot move in
 * between. Throws where it is not there, out of reach, or no longer open.
 */
export async function lockOpenArea(
  tx: Transaction<DirectoryDatabase>,
  principal: Principal,
  code: string,
): Promise<Area> {
  const area = (await lockAreas(tx, [code])).get(code);
  if (!area) throw new Problem(commonProblems.unknownArea);
  requireArea(principal, area.areaPath);
  if (area.state !== 'open') throw closedArea(area);
  return area;
}

/** The problem of a closed area, which names the one that it was merged into. */
export function closedArea({ mergedInto }: Area): Problem {
  return new Problem(
    directoryProblems.areaClosed,
    mergedInto === null ? {} : { extensions: { mergedInto } },
  );
}
