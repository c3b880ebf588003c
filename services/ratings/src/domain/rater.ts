import { createHash } from 'node:crypto';
import type { RaterClass } from './cell.ts';

export interface Rater {
  /** Null for a guest. */
  personId: string | null;
  /** Mark of a guest's browser; null where it keeps none. */
  deviceId: string | null;
  raterClass: RaterClass;
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const digest = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Whose rating it is, without saying who: the person's, or that of a guest's browser. */
export function raterKey(rater: Pick<Rater, 'personId' | 'deviceId'>, ratingKey: string): Buffer {
  return digest(
    rater.personId ? `person:${rater.personId}` : `device:${rater.deviceId ?? `none:${ratingKey}`}`,
  );
}

/** Somebody without a phone and without a record, by the staff's own name for them in an area. */
export function elderKey(areaPath: string, elderRef: string): Buffer {
  return digest(`elder:${areaPath}:${elderRef}`);
}

/** What a walk-up rating may be given for once: a rater, a subject and a day. */
export function walkUpOnce(
  { programmeId, subjectId }: { programmeId: string | null; subjectId: string },
  key: Buffer,
  day: string,
): Buffer {
  const programme = programmeId === null ? Buffer.alloc(16) : bytesOf(programmeId);
  return digest(programme, bytesOf(subjectId), key, day).subarray(0, 16);
}

/** What a rating by a right may be given for once: the right. */
export function rightOnce(rightId: string): Buffer {
  return digest(`right:${rightId}`).subarray(0, 16);
}

/** Short mark of a device or a network, from which nothing can be read back. */
export function markOf(sort: 'device' | 'network', value: string | null): Buffer | null {
  return value === null ? null : digest(`${sort}:${value}`).subarray(0, 16);
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
