import { requireArea, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { CallProblem } from '@ddp/contracts/call';
import { readProgramme } from '@ddp/contracts/directory/routes';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceCaller } from './service-caller.ts';

/**
 * The officer and the programme whose rules and terms they may set: the one over their area, and
 * only where their posts reach over the whole of it. A banner's officer does not change a city's rules.
 */
export async function requireProgrammeArea(
  { caller }: { caller: ServiceCaller },
  principal: Principal,
): Promise<{ staff: PersonPrincipal; programmeId: string }> {
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const params = { id: programmeId };
  const { areaPath } = await caller
    .call(readProgramme, { params }, { requestId: staff.requestId })
    .catch((error: unknown) => {
      const isMissing = error instanceof CallProblem && error.document.status === 404;
      throw isMissing ? new Problem(commonProblems.notFound, { cause: error }) : error;
    });
  requireArea(staff, areaPath);
  return { staff, programmeId };
}
