import { type FieldError, Problem } from '@ddp/contracts/problem';
import { findForbiddenWord } from '@ddp/contracts/rewards/forbidden-benefit';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';

interface Words {
  title: string;
  description: string;
}

/** The words of a basic public service that a benefit names, field by field. */
export function findForbiddenIn(benefit: Words): FieldError[] {
  return (['title', 'description'] as const).flatMap((field) => {
    const word = findForbiddenWord(benefit[field]);
    return word === null ? [] : [{ pointer: `/${field}`, message: { zh: word, en: word } }];
  });
}

/** Throws when the words of a benefit name a basic public service. */
export function refuseForbidden(benefit: Words): void {
  const errors = findForbiddenIn(benefit);
  if (errors.length > 0) throw new Problem(rewardsProblems.forbiddenBenefit, { errors });
}
