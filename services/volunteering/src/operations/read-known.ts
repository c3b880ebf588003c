import { CallProblem } from '@ddp/contracts/call';
import { readPerson } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { VolunteeringDeps } from '../deps.ts';

const unnamed = '***';

/** Where somebody lives, and the name as rosters show it. Throws 404 for who is not there. */
export async function readKnown(
  { caller }: Pick<VolunteeringDeps, 'caller'>,
  personId: string,
  requestId: string,
): Promise<{ maskedName: string; areaPath: string | null }> {
  const params = { id: personId };
  const person = await caller
    .call(readPerson, { params }, { requestId })
    .catch((error: unknown) => {
      const isMissing = error instanceof CallProblem && error.document.status === 404;
      throw isMissing ? new Problem(commonProblems.notFound, { cause: error }) : error;
    });
  return { maskedName: person.maskedName ?? unnamed, areaPath: person.areaPath };
}
