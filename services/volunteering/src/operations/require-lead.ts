import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import { isLeaderOf } from '../store/teams.ts';

/** Anybody who may lead, before it is known what. */
export function requireOrganiser(principal: Principal): PersonPrincipal {
  requirePermission('volunteering.lead', principal);
  return requirePerson(principal);
}

/** Whether somebody leads a team: staff whose area holds it, or one of its leaders. */
export async function isLeading(
  db: Kysely<VolunteeringDatabase>,
  { role, areaPaths, personId }: PersonPrincipal,
  team: { id: string; areaPath: string },
): Promise<boolean> {
  if (isStaffRole(role)) return areaPaths.some((path) => team.areaPath.startsWith(path));
  return isLeaderOf(db, team.id, personId);
}

/** Throws 404 for who does not lead the team: it looks as if it were not there. */
export async function requireLead(
  db: Kysely<VolunteeringDatabase>,
  person: PersonPrincipal,
  team: { id: string; areaPath: string } | null,
): Promise<void> {
  if (!team || !(await isLeading(db, person, team))) throw new Problem(commonProblems.notFound);
}
