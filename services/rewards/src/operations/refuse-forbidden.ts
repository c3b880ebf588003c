import { type FieldError, Problem } from '@ddp/contracts/problem';
import { findForbiddenWord } from '@ddp/contracts/rewards/forbidden-benefit';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';

/** Throws when the words of a benefit name a basic public service. */
export function refuseForbidden(benefit: { title: string; description: string }): void {
  const errors: FieldError[] = [];
  for (const field of ['title', 'description'] as const) {
    const word = findForbiddenWord(benefit[field]);
    if (word !== null) errors.push({ pointer: `/${field}`, message: { zh: word, en: word } });
  }
  if (errors.length > 0) throw new Problem(rewardsProblems.forbiddenBenefit, { errors });
}
