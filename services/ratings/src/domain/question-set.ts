import type { QuestionContent, Scoring } from '@ddp/contracts/ratings/question-schemas';

/** A published version, or the built-in one. */
export interface QuestionSet {
  version: number;
  fromOn: string;
  toOn: string | null;
  content: QuestionContent;
}

const praise = [5, 4, 3];
const complaint = [3, 2, 1];

/** What is asked where a programme has published nothing. */
export const builtIn: QuestionSet = {
  version: 0,
  fromOn: '2000-01-01',
  toOn: null,
  content: {
    question: { zh: '您对这次服务满意吗？', en: 'Are you satisfied with the service?' },
    reasons: [
      { code: 'patient', levels: praise, text: { zh: '耐心', en: 'Patient' } },
      { code: 'prompt', levels: praise, text: { zh: '及时', en: 'Prompt' } },
      { code: 'skilled', levels: praise, text: { zh: '专业', en: 'Skilled' } },
      { code: 'clear', levels: praise, text: { zh: '讲得清楚', en: 'Clear' } },
      { code: 'slow', levels: complaint, text: { zh: '太慢', en: 'Slow' } },
      { code: 'absent', levels: complaint, text: { zh: '找不到人', en: 'Nobody there' } },
      { code: 'rude', levels: complaint, text: { zh: '态度不好', en: 'Rude' } },
      { code: 'unclear', levels: complaint, text: { zh: '讲不清楚', en: 'Unclear' } },
      { code: 'unsolved', levels: complaint, text: { zh: '问题没解决', en: 'Not solved' } },
    ],
    scoring: {
      priorMean: 4,
      priorCount: 5,
      guestWeight: 0,
      assistedWeight: 1,
      halfLifeMonths: null,
    } satisfies Scoring,
  },
};

/** The newest of these versions whose days hold this one, else the built-in set. */
export function inForceOn(published: readonly QuestionSet[], day: string): QuestionSet {
  const begun = published
    .filter((set) => set.fromOn <= day)
    .sort((a, b) => b.version - a.version)[0];
  return begun && (begun.toOn === null || begun.toOn >= day) ? begun : builtIn;
}

/**
 * The set that a rating answers: the one in force, or the one that a form showed which was loaded
 * before a change. Null where the form is older than a day.
 */
export function findAnswered(
  published: readonly QuestionSet[],
  days: { today: string; yesterday: string },
  version: number | undefined,
): QuestionSet | null {
  const current = inForceOn(published, days.today);
  if (version === undefined || version === current.version) return current;
  const before = inForceOn(published, days.yesterday);
  return before.version === version ? before : null;
}

export function reasonsFor({ content }: QuestionSet, level: number) {
  return content.reasons.filter((reason) => reason.levels.includes(level));
}

export function doReasonsFit(set: QuestionSet, level: number, reasons: readonly string[]): boolean {
  const fitting = reasonsFor(set, level).map((reason) => reason.code);
  return new Set(reasons).size === reasons.length && reasons.every((one) => fitting.includes(one));
}

/** What each reason is called: by the newest version that has it, else as it is built in. */
export function nameReasons(published: readonly QuestionSet[]) {
  const oldestFirst = [builtIn, ...published.toSorted((a, b) => a.version - b.version)];
  const names = oldestFirst.flatMap(({ content }) =>
    content.reasons.map(({ code, text }) => [code, { code, text }] as const),
  );
  return [...new Map(names).values()];
}

export type ContentVerdict = 'sound' | 'faulty';

/** Whether a drafted set can be asked: each reason once, days in order. */
export function decideContent(
  content: QuestionContent,
  { fromOn, toOn }: { fromOn: string; toOn: string | null },
): ContentVerdict {
  const codes = content.reasons.map((reason) => reason.code);
  const isDouble = new Set(codes).size !== codes.length;
  return isDouble || (toOn !== null && toOn < fromOn) ? 'faulty' : 'sound';
}
