import { CallProblem } from '@ddp/contracts/call';
import { readArea } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceCaller } from './service-caller.ts';

/** The path of an area, asked of the directory. Throws 422 when there is no such area. */
export async function resolveArea(
  { caller }: { caller: ServiceCaller },
  code: string,
  requestId: string,
): Promise<string> {
  try {
    return (await caller.call(readArea, { params: { code } }, { requestId })).areaPath;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) {
      throw new Problem(commonProblems.unknownArea, { cause: error });
    }
    throw error;
  }
}
