import { CallProblem } from '@ddp/contracts/call';
import { readArea } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { ServiceCaller } from './service-caller.ts';

/** An area that was merged into one that was merged, and so on: more than ever happens. */
const mostMergers = 8;

/**
 * The path of an area, asked of the directory; the code of one that was merged leads to where it went
 * on. Throws 422 when there is no such area, or it is closed.
 */
export async function resolveArea(
  { caller }: { caller: ServiceCaller },
  code: string,
  requestId: string,
): Promise<string> {
  let next: string | null = code;
  for (let hop = 0; next !== null && hop <= mostMergers; hop += 1) {
    const area = await askArea(caller, next, requestId);
    if (area.state === 'open') return area.areaPath;
    next = area.mergedInto;
  }
  throw new Problem(commonProblems.unknownArea);
}

async function askArea(caller: ServiceCaller, code: string, requestId: string) {
  try {
    return await caller.call(readArea, { params: { code } }, { requestId });
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) {
      throw new Problem(commonProblems.unknownArea, { cause: error });
    }
    throw error;
  }
}
