import { createHash } from 'node:crypto';

/** A right to rate once: after a finished service, or after the trouble of a rating was put right. */
export interface RatingRight {
  id: string;
  kind: 'bound' | 'again';
  subjectId: string;
  /** The one who may use it; null where its bearer may. */
  personId: string | null;
  /** The rating that is given anew. */
  ratesAgain: string | null;
  expiresAt: Date;
  isUsed: boolean;
}

export type RightVerdict =
  | 'usable'
  | 'rating-right-invalid'
  | 'rating-right-used'
  | 'rating-right-expired';

/** One of another subject or person is as unknown as one that does not exist. */
export function decideRight(
  right: RatingRight | undefined,
  use: { subjectId: string; personId: string | null; now: Date },
): RightVerdict {
  if (right?.subjectId !== use.subjectId) return 'rating-right-invalid';
  if (right.personId !== null && right.personId !== use.personId) return 'rating-right-invalid';
  if (right.isUsed) return 'rating-right-used';
  return right.expiresAt <= use.now ? 'rating-right-expired' : 'usable';
}

/** Tokens are kept as hashes: whoever reads the table cannot use them. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
