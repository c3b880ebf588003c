import type { reasonCodes } from '@ddp/contracts/ratings/schemas';

export type Reason = (typeof reasonCodes)[number];

const praise: readonly Reason[] = ['patient', 'prompt', 'skilled', 'clear'];
const complaint: readonly Reason[] = ['slow', 'absent', 'rude', 'unclear', 'unsolved'];

/** 非常满意 5 to 非常不满意 1, best first, as they stand on the page. */
export const levels = [5, 4, 3, 2, 1] as const;
export type Level = (typeof levels)[number];

/** The reasons that fit a level: praise above the middle, complaint below, both in it. */
export function reasonsFor(level: number): readonly Reason[] {
  if (level >= 4) return praise;
  if (level <= 2) return complaint;
  return [...praise, ...complaint];
}

export function doReasonsFit(level: number, reasons: readonly Reason[]): boolean {
  const fitting = reasonsFor(level);
  return new Set(reasons).size === reasons.length && reasons.every((one) => fitting.includes(one));
}
