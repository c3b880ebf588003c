import { pointsProblems } from '@ddp/contracts/points/problems';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';

const titles = new Map<string, string>(
  [...Object.values(rewardsProblems), ...Object.values(pointsProblems)].map((problem) => [
    problem.slug,
    problem.title.zh,
  ]),
);

/** Why a redemption failed, in words; null when it did not. */
export function failureText(slug: string | null): string | null {
  return slug === null ? null : (titles.get(slug) ?? '兑换未成功');
}
