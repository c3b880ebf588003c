import { createHash } from 'node:crypto';

export interface Rater {
  /** Null for a guest. */
  personId: string | null;
  /** Mark of a guest's browser; null where it keeps none. */
  deviceId: string | null;
}

/** Under which a rater counts once for a subject and day. */
export function raterKey(rater: Rater, ratingKey: string): Buffer {
  const text = rater.personId
    ? `person:${rater.personId}`
    : `device:${rater.deviceId ?? `none:${ratingKey}`}`;
  return createHash('sha256').update(text).digest();
}

export type RaterVerdict = 'allowed' | 'self-rating' | 'own-unit';

/** Nobody rates themselves; who holds a post in a unit does not rate those who serve in it. */
export function decideRater(
  personId: string | null,
  subject: { personId: string | null; unitId: string | null },
  unitIdsOfPosts: readonly string[],
): RaterVerdict {
  if (personId === null) return 'allowed';
  if (personId === subject.personId) return 'self-rating';
  if (subject.unitId !== null && unitIdsOfPosts.includes(subject.unitId)) return 'own-unit';
  return 'allowed';
}
