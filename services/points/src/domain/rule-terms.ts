import { findForbiddenInput } from '@ddp/contracts/points/forbidden-input';
import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
import type { Rule } from './rule.ts';

/** What is wrong with the terms of a rule, and where: a JSON pointer into them. */
export interface TermFault {
  pointer: string;
  why:
    | 'range'
    | 'options-range'
    | 'options-repeat'
    | 'fixed-wanted'
    | 'minutes-wanted'
    | 'minutes-unknown'
    | 'review-unknown'
    | 'own-name-wanted'
    | 'basis-changed'
    | 'last-day';
}

/** Rules of these work by themselves, one each, so that nobody is asked before they earn. */
const automatic = ['rating', 'volunteering'];

/** What does not fit together in the terms of a rule; `present` is the version in force, if any. */
export function findTermFaults(terms: RuleTerms, present: Rule | null): TermFault[] {
  const isAutomatic = automatic.includes(terms.basis);
  const isRating = terms.basis === 'rating';
  const isByMinutes = terms.basis === 'volunteering';
  const checks: [boolean, string, TermFault['why']][] = [
    [terms.leastPoints > terms.mostPoints, '/leastPoints', 'range'],
    [terms.toOn !== null && terms.toOn < terms.fromOn, '/toOn', 'last-day'],
    [present !== null && present.basis !== terms.basis, '/basis', 'basis-changed'],
    // Others would never be found: what earns by itself earns by the rule of that name.
    [
      automatic.some((name) => (terms.rule === name) !== (terms.basis === name)),
      '/rule',
      'own-name-wanted',
    ],
    [isAutomatic && terms.leastPoints !== terms.mostPoints, '/mostPoints', 'fixed-wanted'],
    [isAutomatic && terms.options !== null, '/options', 'fixed-wanted'],
    [isRating && terms.approvalFromPoints !== null, '/approvalFromPoints', 'review-unknown'],
    [isRating && terms.publicityFromPoints !== null, '/publicityFromPoints', 'review-unknown'],
    [isByMinutes && terms.perMinutes === null, '/perMinutes', 'minutes-wanted'],
    [!isByMinutes && terms.perMinutes !== null, '/perMinutes', 'minutes-unknown'],
    [!isByMinutes && terms.dailyMinutes !== null, '/dailyMinutes', 'minutes-unknown'],
  ];
  const faults = checks.flatMap(([isWrong, pointer, why]) => (isWrong ? [{ pointer, why }] : []));
  return [...faults, ...findOptionFaults(terms)];
}

function findOptionFaults({ options, leastPoints, mostPoints }: RuleTerms): TermFault[] {
  if (options === null) return [];
  const keys = options.map(({ key }) => key);
  const points = options.map((option) => option.points);
  const faults: TermFault[] = keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [{ pointer: `/options/${index}/key`, why: 'options-repeat' }],
  );
  const isRange = Math.min(...points) === leastPoints && Math.max(...points) === mostPoints;
  return isRange ? faults : [...faults, { pointer: '/options', why: 'options-range' }];
}

export interface ForbiddenWord {
  pointer: string;
  word: string;
}

/** The words of a rule that say it counts what no rule may count. */
export function findForbiddenWords({ rule, title, options }: RuleTerms): ForbiddenWord[] {
  const texts = [
    ['/rule', rule],
    ['/title/zh', title.zh],
    ['/title/en', title.en],
    ...(options ?? []).flatMap(({ key, zh, en }, index) => [
      [`/options/${index}/key`, key],
      [`/options/${index}/zh`, zh],
      [`/options/${index}/en`, en],
    ]),
  ] as const;
  return texts.flatMap(([pointer = '', text = '']) => {
    const word = findForbiddenInput(text);
    return word === null ? [] : [{ pointer, word }];
  });
}

/** The terms of a version, as a draft would say them. */
export function termsOf({ version: _version, isDefault: _isDefault, ...terms }: Rule): RuleTerms {
  return { ...terms, options: terms.options === null ? null : [...terms.options] };
}
