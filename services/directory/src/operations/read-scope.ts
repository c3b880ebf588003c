import { requirePerson } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { AreaScope } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { narrowScope } from '../domain/area-tree.ts';
import { findArea } from '../store/areas.ts';

/** What staff may see, or the part of it in an area that they ask for. Throws on an unknown area. */
export async function readScope(
  db: Kysely<DirectoryDatabase>,
  principal: Principal,
  areaCode: string | undefined,
): Promise<AreaScope> {
  const { areaPaths } = requirePerson(principal);
  if (areaCode === undefined) return areaPaths;
  const area = await findArea(db, areaCode);
  if (!area) throw new Problem(commonProblems.unknownArea);
  return narrowScope(areaPaths, area.areaPath);
}
