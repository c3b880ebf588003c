import { CallProblem } from '@ddp/contracts/call';
import { NoAnswerError } from './ask.ts';

/** What to tell of an error: the house's own words, or which of ours, and the fields that are named. */
export interface ProblemWords {
  text: string | null;
  /** Key of our own words where the house gave none. */
  key: 'problem.noAnswer' | 'problem.unknown' | null;
  /** Which problem it is; null where the house did not answer with one. */
  slug: string | null;
  /** By field name, the last step of the pointer. */
  fields: Readonly<Record<string, string>>;
}

/** Puts an error of `ask` into words for the person at the screen. */
export function wordsOf(error: unknown): ProblemWords {
  if (error instanceof CallProblem) {
    const { title, detail, errors = [] } = error.document;
    const fields = Object.fromEntries(
      errors.map(({ pointer, message }) => [pointer.slice(pointer.lastIndexOf('/') + 1), message]),
    );
    return { text: detail ?? title, key: null, slug: error.slug, fields };
  }
  const key = error instanceof NoAnswerError ? 'problem.noAnswer' : 'problem.unknown';
  return { text: null, key, slug: null, fields: {} };
}
