import { actorOf } from '@ddp/auth/authorize';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { Problem } from '@ddp/contracts/problem';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { submitRating as route } from '@ddp/contracts/ratings/routes';
import type { NewRating, Rating } from '@ddp/contracts/ratings/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hashRequest, KeyReusedError } from '@ddp/db-kit/command';
import { commandName, findAnswers } from '@ddp/db-kit/command-batch';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import type { RatingDraft } from '../domain/decide-ratings.ts';
import { markOf, type Rater, raterKey } from '../domain/rater.ts';
import { hashToken } from '../domain/rating-right.ts';
import { rightNames } from '../store/rights.ts';
import type { SubmitCommand, SubmitVerdict } from './write-ratings.ts';

/**
 * Takes one rating: a walk-up, once for a rater, subject and day, or one by a right. A resident's
 * counts and may earn points; a guest's is kept and shown apart. It joins the next commit.
 */
export async function submitRating(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const named = { actor: actorOf(principal), key };
  const hash = hashRequest({ ...named, name: 'submit-rating', input: body });
  const command = { ...named, hash };
  const { requestId } = principal;
  let scan: ResolvedScan;
  try {
    scan = await deps.resolveScan(body.token, requestId);
  } catch (error) {
    const isInvalid = error instanceof Problem && error.definition === codesProblems.invalidCode;
    if (!isInvalid) throw error;
    // A repeat gets its answer also once the code is out of force.
    return answerRepeat(deps, command, error);
  }
  const rater = raterOf(principal);
  const draft: RatingDraft = {
    ...draftOf(scan, body),
    rater,
    raterKey: raterKey(rater, key),
    assistance: null,
    device: markOf('device', deviceOf(principal)),
    network: markOf('network', networkOf(principal)),
    wordsState: await deps.screener.screen(body.words),
    rightName: body.right === undefined ? null : rightNames.ofToken(hashToken(body.right)),
  };
  return submitDraft(deps, { ...command, requestId, draft });
}

/** Hands a rating to the next commit and tells its verdict. */
export async function submitDraft(deps: RatingsDeps, command: SubmitCommand): Promise<Rating> {
  const [outcome] = await deps.ratingGroup.submit([command]);
  if (outcome === undefined) throw new Error('a rating got no verdict');
  if (outcome.status === 'rejected') throw outcome.reason;
  return readVerdict(outcome.value);
}

function readVerdict(verdict: SubmitVerdict): Rating {
  switch (verdict.status) {
    case 'rated':
      return verdict.rating;
    case 'key-reused':
      throw new KeyReusedError('this Idempotency-Key was used with another request');
    case 'refused': {
      const { refusal } = verdict;
      const known = Object.values(ratingsProblems).find(({ slug }) => slug === refusal);
      if (!known) throw new Error(`no problem is named ${refusal}`);
      throw new Problem(known);
    }
  }
}

/** The answer of a command that was done before; throws the error where it was not. */
export async function answerRepeat(
  { store }: RatingsDeps,
  command: { actor: string; key: string; hash: Buffer },
  error: unknown,
): Promise<Rating> {
  const kept = await transact(store.db, (tx) => findAnswers(tx, store, [command]));
  const before = kept.get(commandName(command));
  if (!before?.hash.equals(command.hash)) throw error;
  return before.answer as Rating;
}

/** The parts of a draft that follow from what was scanned and what was typed. */
export function draftOf(scan: ResolvedScan, body: Omit<NewRating, 'token' | 'right'>) {
  return {
    id: newId(),
    programmeId: scan.programmeId,
    subject: {
      ...{ id: scan.subject.id, name: scan.subject.name },
      ...{ personId: scan.subjectPersonId, unitId: scan.subject.unitId },
    },
    codeId: scan.codeId,
    areaPath: scan.areaPath,
    level: body.level,
    reasons: body.reasons,
    words: body.words,
    questionVersion: body.questionVersion,
    isNamed: body.isNamed,
    photoIds: body.photoIds,
  };
}

/** Who rates: a resident, a guest, or staff, who count as guests where they are not residents. */
export function raterOf(principal: Principal): Rater {
  if (principal.kind !== 'person') {
    return { personId: null, deviceId: deviceOf(principal), raterClass: 'guest' };
  }
  const isResident = principal.role === 'resident' || principal.role === 'volunteer-leader';
  const raterClass = isResident ? 'verified' : 'guest';
  return { personId: principal.personId, deviceId: null, raterClass };
}

function deviceOf(principal: Principal): string | null {
  return principal.kind === 'service' ? null : (principal.deviceId ?? null);
}

function networkOf(principal: Principal): string | null {
  return principal.kind === 'service' ? null : (principal.network ?? null);
}
