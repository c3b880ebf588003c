import { pointsProblems } from '@ddp/contracts/points/problems';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import { redemptionFailures } from '@ddp/contracts/rewards/schemas';

const titles = new Map<string, string>(
  [...Object.values(rewardsProblems), ...Object.values(pointsProblems)].map((problem) => [
    problem.slug,
    problem.title.zh,
  ]),
);

/** The reason as the catalogue of messages knows it. */
export function reasonOf(slug: string | undefined): (typeof redemptionFailures)[number] {
  return redemptionFailures.find((one) => one === slug) ?? 'not-completed';
}

/** Why a redemption failed, in words; null when it did not. */
export function failureText(slug: string | null): string | null {
  return slug === null ? null : (titles.get(slug) ?? '兑换未成功');
}
