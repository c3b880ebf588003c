import {
  commonProblems,
  Problem,
  type ProblemDefinition,
  type ProblemOptions,
} from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';

const bySlug = new Map<string, ProblemDefinition>(
  [...Object.values(commonProblems), ...Object.values(rewardsProblems)].map((one) => [
    one.slug,
    one,
  ]),
);

/** The problem that a decision names by its slug. */
export function namedProblem(slug: string, options?: ProblemOptions): Problem {
  const definition = bySlug.get(slug);
  if (!definition) throw new Error(`no problem is named ${slug}`);
  return new Problem(definition, options);
}
