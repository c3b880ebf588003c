import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { Unit } from '@ddp/contracts/directory/units';
import { Problem } from '@ddp/contracts/problem';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { findUnit } from '../store/units.ts';

/** The unit that somebody is put into, or null where none is named. Throws unless it is open. */
export async function requireOpenUnit(
  tx: Kysely<DirectoryDatabase>,
  unitId: string | null,
): Promise<Unit | null> {
  if (unitId === null) return null;
  const unit = await findUnit(tx, unitId);
  if (unit?.state !== 'open') throw new Problem(directoryProblems.unknownUnit);
  return unit;
}
