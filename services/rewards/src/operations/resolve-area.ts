import { CallProblem } from '@ddp/contracts/call';
import { readArea } from '@ddp/contracts/directory/routes';
import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RewardsDeps } from '../deps.ts';

/** The path of an area, asked of the directory. Throws 422 when there is no such area. */
export async function resolveArea(
  { caller }: RewardsDeps,
  areaCode: string,
  requestId: string,
): Promise<string> {
  try {
    const area = await caller.call(readArea, { params: { code: areaCode } }, { requestId });
    return area.areaPath;
  } catch (error) {
    if (error instanceof CallProblem && error.document.status === 404) {
      throw new Problem(rewardsProblems.unknownArea, { cause: error });
    }
    throw error;
  }
}
