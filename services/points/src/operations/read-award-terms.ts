import { pointsProblems } from '@ddp/contracts/points/problems';
import { type Cap, staffBases } from '@ddp/contracts/points/rule-schemas';
import type { FieldError } from '@ddp/contracts/problem';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import { type AwardTerms, decideAmount, type Rule } from '../domain/rule.ts';
import { findRule } from '../store/rules.ts';

interface ProposedAward extends AwardTerms {
  rule: string;
  evidence: string | null;
}

const words = {
  missing: { zh: '该规则要求填写此项', en: 'This rule wants it' },
  unknown: { zh: '该规则没有此项', en: 'This rule does not have it' },
  'out-of-range': { zh: '超出该规则的范围', en: 'Outside the range of this rule' },
};

/** The rule that staff awards by, and its amount. Throws where the rule does not allow the award. */
export async function readAwardTerms(
  tx: Transaction<PointsDatabase>,
  programmeId: string,
  on: string,
  award: ProposedAward,
): Promise<{ rule: Rule; amountPoints: number }> {
  const rule = await findRule(tx, programmeId, award.rule, on);
  if (!rule || !staffBases.some((basis) => basis === rule.basis)) {
    throw new Problem(pointsProblems.ruleNotInForce);
  }
  const decision = decideAmount(rule, { points: award.points, option: award.option });
  if (decision.verdict === 'refused') {
    throw refuseField({ pointer: `/${decision.field}`, message: words[decision.why] });
  }
  if (rule.isEvidenceWanted && award.evidence === null) {
    throw refuseField({ pointer: '/evidence', message: words.missing });
  }
  return { rule, amountPoints: decision.amountPoints };
}

function refuseField(error: FieldError): Problem {
  return new Problem(commonProblems.invalidRequest, { errors: [error] });
}

const capWords: Record<Cap, { zh: string; en: string }> = {
  'rule-day': { zh: '此人当日按该规则的次数已满', en: 'The rule is used up for this person today' },
  'rule-month': {
    zh: '此人当月按该规则的次数已满',
    en: 'The rule is used up for this person this month',
  },
  'person-day': { zh: '此人当日的积分已满', en: 'This person has the points of a day' },
  'person-month': { zh: '此人当月的积分已满', en: 'This person has the points of a month' },
  'programme-month': {
    zh: '全方案当月按该规则的积分已发完',
    en: 'The points of the programme by this rule are given out for this month',
  },
};

/** Tells which cap refused an award. */
export function refuseByCap(cap: Cap): never {
  throw new Problem(pointsProblems.capReached, { detail: capWords[cap], extensions: { cap } });
}
