import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import type { Rating } from '@ddp/contracts/ratings/schemas';
import { doReasonsFit, findAnswered, type QuestionSet } from './question-set.ts';
import { decideRater, type Rater, rightOnce, walkUpOnce } from './rater.ts';
import { decideRight, type RatingRight, type RightVerdict } from './rating-right.ts';

/** Staff who rate for somebody, with the consent that was recorded. */
export interface Assistance {
  by: { personId: string; role: string };
  consent: { kind: string; words: string; on: string };
  elderRef: string | null;
}

/** A rating that asks to be accepted, with what was found out about it before. */
export interface RatingDraft {
  id: string;
  programmeId: string | null;
  subject: { id: string; name: string; personId: string | null; unitId: string | null };
  codeId: string;
  areaPath: string;
  rater: Rater;
  raterKey: Buffer;
  /** Who acts for somebody without a phone, and by what consent. */
  assistance: Assistance | null;
  /** Marks of the device and the network it came from, where they are known. */
  device: Buffer | null;
  network: Buffer | null;
  level: number;
  reasons: readonly string[];
  words: string;
  wordsState: Rating['wordsState'];
  questionVersion: number | undefined;
  isNamed: boolean;
  photoIds: readonly string[];
  /** Name of the right it is given by: see `rights` of the state. Null for a walk-up. */
  rightName: string | null;
}

export interface RatingCommand {
  /** Actor and key, by which a repeat is known. */
  name: string;
  hash: Buffer;
  draft: RatingDraft;
}

/** What a batch stands on, read in its transaction. */
export interface BatchState {
  now: Date;
  kept: ReadonlyMap<string, { hash: Buffer; answer: unknown }>;
  /** Hex of what was rated once already. */
  taken: ReadonlySet<string>;
  /** Units in which a person holds a post today. */
  units: ReadonlyMap<string, readonly string[]>;
  /** Published question sets by programme. */
  questionSets: ReadonlyMap<string, readonly QuestionSet[]>;
  rights: ReadonlyMap<string, RatingRight>;
  /** Hex of the rater's key by photo, of photos that belong to no rating yet. */
  freePhotos: ReadonlyMap<string, string>;
}

export type Refusal =
  | 'rated-already'
  | 'self-rating'
  | 'own-unit'
  | 'reason-mismatch'
  | 'questions-outdated'
  | 'photo-missing'
  | Exclude<RightVerdict, 'usable'>;

export interface AcceptedRating extends RatingDraft {
  onceKey: Buffer;
  kind: Rating['kind'];
  right: RatingRight | null;
  questionVersion: number;
  ratedOn: string;
  ratedAt: Date;
}

export type RatingDecision =
  | { status: 'accepted'; rating: AcceptedRating; view: Rating }
  | { status: 'repeated'; view: Rating }
  | { status: 'key-reused' }
  | { status: 'refused'; refusal: Refusal };

/** Decides ratings in the order they came, each on what those before it have taken. */
export function decideRatings(
  state: BatchState,
  commands: readonly RatingCommand[],
): RatingDecision[] {
  const kept = new Map(state.kept);
  const taken = new Set(state.taken);
  const usedRights = new Set<string>();
  const freePhotos = new Map(state.freePhotos);
  return commands.map(({ name, hash, draft }) => {
    const before = kept.get(name);
    if (before) {
      if (!before.hash.equals(hash)) return { status: 'key-reused' };
      return { status: 'repeated', view: before.answer as Rating };
    }
    const decision = decideRating({ ...state, taken, freePhotos }, usedRights, draft);
    if (decision.status !== 'accepted') return decision;
    const { rating, view } = decision;
    kept.set(name, { hash, answer: view });
    taken.add(rating.onceKey.toString('hex'));
    if (rating.right) usedRights.add(rating.right.id);
    for (const id of rating.photoIds) freePhotos.delete(id);
    return decision;
  });
}

function decideRating(
  state: BatchState,
  usedRights: ReadonlySet<string>,
  draft: RatingDraft,
): Exclude<RatingDecision, { status: 'repeated' | 'key-reused' }> {
  const refuse = (refusal: Refusal) => ({ status: 'refused', refusal }) as const;
  const { subject, rater } = draft;
  for (const personId of [rater.personId, draft.assistance?.by.personId ?? null]) {
    const units = personId === null ? [] : (state.units.get(personId) ?? []);
    const verdict = decideRater(personId, subject, units);
    if (verdict !== 'allowed') return refuse(verdict);
  }
  const today = civilDateOf(state.now);
  const sets = draft.programmeId === null ? [] : (state.questionSets.get(draft.programmeId) ?? []);
  const days = { today, yesterday: addDays(today, -1) };
  const set = findAnswered(sets, days, draft.questionVersion);
  if (set === null) return refuse('questions-outdated');
  if (!doReasonsFit(set, draft.level, draft.reasons)) return refuse('reason-mismatch');
  const raterKey = draft.raterKey.toString('hex');
  const isTwice = new Set(draft.photoIds).size !== draft.photoIds.length;
  if (isTwice || draft.photoIds.some((id) => state.freePhotos.get(id) !== raterKey)) {
    return refuse('photo-missing');
  }
  let right: RatingRight | null = null;
  if (draft.rightName !== null) {
    const found = state.rights.get(draft.rightName);
    const use = { subjectId: subject.id, personId: rater.personId, now: state.now };
    const verdict =
      found && usedRights.has(found.id) ? 'rating-right-used' : decideRight(found, use);
    if (verdict !== 'usable') return refuse(verdict);
    right = found ?? null;
  }
  const place = { programmeId: draft.programmeId, subjectId: subject.id };
  const onceKey = right ? rightOnce(right.id) : walkUpOnce(place, draft.raterKey, today);
  if (state.taken.has(onceKey.toString('hex'))) return refuse('rated-already');
  const rating: AcceptedRating = {
    ...draft,
    ...{ onceKey, right, kind: right?.kind ?? 'walk-up' },
    ...{ questionVersion: set.version, ratedOn: today, ratedAt: state.now },
  };
  return { status: 'accepted', rating, view: toView(rating) };
}

function toView(rating: AcceptedRating): Rating {
  const { id, subject, kind, level, questionVersion, words, wordsState, isNamed } = rating;
  return {
    ...{ id, subjectId: subject.id, subjectName: subject.name, kind, level, questionVersion },
    ...{ reasons: [...rating.reasons], words, wordsState, photoCount: rating.photoIds.length },
    ...{ isNamed, state: 'counted', ratedAt: rating.ratedAt.toISOString() },
    isVerified: isVerified(rating),
    isAssisted: rating.rater.raterClass === 'assisted',
    ratesAgain: rating.right?.ratesAgain ?? null,
  };
}

/** Whether it may earn points: given by a resident who is known, with or without a phone. */
export function isVerified({ rater }: Pick<RatingDraft, 'rater'>): boolean {
  return rater.raterClass !== 'guest' && rater.personId !== null;
}
