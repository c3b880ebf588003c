import type { lineKinds } from '@ddp/contracts/points/schemas';

/** The words of a statement in one language. */
export interface Catalogue {
  /** Why a line is there, from its points, the words of its rule, and whether the points wait. */
  why: Record<
    (typeof lineKinds)[number],
    (amountPoints: number, rule: string, isWaiting: boolean) => string
  >;
  rules: Record<string, string>;
  /** Who decided: a role of staff, or the rule by itself. */
  deciders: Record<string, string>;
  /** What to do against a line, within so many days. */
  appealAward: (days: number) => string;
  appealReversal: (days: number) => string;
  appealOther: string;
}
