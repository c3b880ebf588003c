import { CallProblem } from '@ddp/contracts/call';
import { readPerson } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceCaller } from './service-caller.ts';

/** Area path of where a resident lives. Throws 404 for who is not there or has no home here. */
export async function readHome(
  { caller }: { caller: ServiceCaller },
  personId: string,
  requestId: string,
): Promise<string> {
  const person = await caller
    .call(readPerson, { params: { id: personId } }, { requestId })
    .catch((error: unknown) => {
      const isMissing = error instanceof CallProblem && error.document.status === 404;
      throw isMissing ? new Problem(commonProblems.notFound, { cause: error }) : error;
    });
  if (person.areaPath === null) throw new Problem(commonProblems.notFound);
  return person.areaPath;
}
