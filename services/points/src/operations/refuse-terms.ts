import { pointsProblems } from '@ddp/contracts/points/problems';
import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Rule } from '../domain/rule.ts';
import { findForbiddenWords, findTermFaults, type TermFault } from '../domain/rule-terms.ts';

const words: Record<TermFault['why'], { zh: string; en: string }> = {
  range: { zh: '下限不能高于上限', en: 'The least is above the most' },
  'options-range': {
    zh: '分值范围须与选项的最低、最高分一致',
    en: 'The range is that of the options',
  },
  'options-repeat': { zh: '选项重复', en: 'There is another option of this name' },
  'fixed-wanted': { zh: '自动计分的规则分值须固定', en: 'What earns by itself has a fixed amount' },
  'minutes-wanted': { zh: '须说明每多少分钟计分', en: 'Say for how many minutes the points are' },
  'minutes-unknown': { zh: '该依据不按分钟计分', en: 'This is not counted by the minute' },
  'review-unknown': {
    zh: '评价所得的分不经审批和公示',
    en: 'What ratings earn is neither approved nor publicised',
  },
  'own-name-wanted': {
    zh: '自动计分的规则须与其依据同名，其他规则不得用此名',
    en: 'A rule that works by itself has the name of its basis, and no other rule has it',
  },
  'basis-changed': { zh: '已有规则的依据不能更改', en: 'A rule keeps what it counts' },
  'last-day': { zh: '最后一天不能早于第一天', en: 'The last day is before the first' },
};

/** Throws where a rule would count what none may count, or where its terms contradict themselves. */
export function refuseTerms(terms: RuleTerms, present: Rule | null, at: string): void {
  const forbidden = findForbiddenWords(terms).map(({ pointer, word }) => ({
    pointer: `${at}${pointer}`,
    message: { zh: word, en: word },
  }));
  if (forbidden.length > 0) {
    throw new Problem(pointsProblems.forbiddenRuleInput, { errors: forbidden });
  }
  const faults = findTermFaults(terms, present).map(({ pointer, why }) => ({
    pointer: `${at}${pointer}`,
    message: words[why],
  }));
  if (faults.length > 0) throw new Problem(commonProblems.invalidRequest, { errors: faults });
}
