import type { draftQuestionSet } from '@ddp/contracts/ratings/question-routes';
import type { RouteInput } from '@ddp/contracts/route';

type Content = RouteInput<typeof draftQuestionSet>['body']['content'];
export type Reason = Content['reasons'][number];
export const levels = [5, 4, 3, 2, 1] as const;

/** Where nothing was published: names that are known, levels to be chosen, no weight for guests. */
export function firstContent(known: readonly Pick<Reason, 'code' | 'text'>[]): Content {
  return {
    question: { zh: '', en: '' },
    reasons: known.map(({ code, text }) => ({ code, levels: [], text })),
    scoring: {
      priorMean: 4,
      priorCount: 5,
      guestWeight: 0,
      assistedWeight: 1,
      halfLifeMonths: null,
    },
  };
}

/** What is typed, apart from what it began with. */
export function copyOf({ question, reasons, scoring }: Content) {
  return {
    question: { ...question },
    reasons: reasons.map(({ code, levels: given, text }) => ({
      code,
      levels: [...given],
      text: { ...text },
    })),
    scoring: { ...scoring, halfLifeMonths: scoring.halfLifeMonths ?? undefined },
  };
}

export const isCodeSound = (code: string) => /^[a-z]+(-[a-z]+)*$/.test(code);

const isReasonWhole = ({ code, levels: given, text }: Reason) =>
  isCodeSound(code) && given.length > 0 && text.zh !== '' && text.en !== '';

/** Whether nothing is left out that a draft needs. */
export function isWhole({ question, reasons }: Pick<Content, 'question' | 'reasons'>): boolean {
  return question.zh !== '' && question.en !== '' && reasons.every(isReasonWhole);
}
