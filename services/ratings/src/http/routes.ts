import * as cases from '@ddp/contracts/ratings/case-routes';
import * as own from '@ddp/contracts/ratings/own-routes';
import * as photos from '@ddp/contracts/ratings/photo-routes';
import * as questions from '@ddp/contracts/ratings/question-routes';
import * as reviews from '@ddp/contracts/ratings/review-routes';
import * as routes from '@ddp/contracts/ratings/routes';
import * as scores from '@ddp/contracts/ratings/score-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RatingsDeps } from '../deps.ts';
import { assistRating } from '../operations/assist-rating.ts';
import { decideCase, listCaseRatings, listCases } from '../operations/decide-case.ts';
import { decideReply, decideWords } from '../operations/decide-words.ts';
import { exportScores } from '../operations/export-scores.ts';
import { flagRating, liftFlag } from '../operations/flag-rating.ts';
import { uploadPhoto } from '../operations/keep-photos.ts';
import {
  draftQuestionSet,
  listQuestionSets,
  publishQuestionSet,
  withdrawQuestionSet,
} from '../operations/keep-question-sets.ts';
import {
  addScreenedWord,
  listScreenedWords,
  removeScreenedWord,
} from '../operations/keep-screened-words.ts';
import { listRatings } from '../operations/list-ratings.ts';
import { listReplies } from '../operations/list-replies.ts';
import { listShownRatings } from '../operations/list-shown-ratings.ts';
import { mintRight } from '../operations/mint-right.ts';
import { rateAgain } from '../operations/rate-again.ts';
import { listRatingPhotos, readPhoto } from '../operations/read-photos.ts';
import { listReasonNames } from '../operations/read-question-set.ts';
import { listMyRatings } from '../operations/read-ratings.ts';
import {
  readAreaScore,
  readScore,
  readScoreHistory,
  readUnitScore,
} from '../operations/read-scores.ts';
import { replyToRating } from '../operations/reply-to-rating.ts';
import { submitRating } from '../operations/submit-rating.ts';
import { withdrawRating } from '../operations/withdraw-rating.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, routes.submitRating, (caller, request) => submitRating(deps, caller, request));
  bindRoute(app, routes.listMyRatings, (caller, request) => listMyRatings(deps, caller, request));
  bindOwn(app, deps);
  bindPhotos(app, deps);
  bindReviews(app, deps);
  bindCases(app, deps);
  bindQuestions(app, deps);
  bindRoute(app, scores.readScore, (caller, request) => readScore(deps, caller, request));
  bindRoute(app, scores.readScoreHistory, (caller, request) =>
    readScoreHistory(deps, caller, request),
  );
  bindRoute(app, scores.readUnitScore, (caller, request) => readUnitScore(deps, caller, request));
  bindRoute(app, scores.exportScores, (caller, request) => exportScores(deps, caller, request));
  bindRoute(app, scores.readAreaScore, (caller, request) => readAreaScore(deps, caller, request));
}

function bindOwn(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, own.withdrawRating, (caller, request) => withdrawRating(deps, caller, request));
  bindRoute(app, own.rateAgain, (caller, request) => rateAgain(deps, caller, request));
  bindRoute(app, own.listShownRatings, (caller, request) =>
    listShownRatings(deps, caller, request),
  );
  bindRoute(app, own.replyToRating, (caller, request) => replyToRating(deps, caller, request));
  bindRoute(app, own.mintRight, (caller, request) => mintRight(deps, caller, request));
  bindRoute(app, own.assistRating, (caller, request) => assistRating(deps, caller, request));
}

function bindPhotos(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, photos.uploadPhoto, (caller, request) => uploadPhoto(deps, caller, request));
  bindRoute(app, photos.listRatingPhotos, (caller, request) =>
    listRatingPhotos(deps, caller, request),
  );
  bindRoute(app, photos.readPhoto, (caller, request) => readPhoto(deps, caller, request));
}

function bindReviews(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, reviews.listRatings, (caller, request) => listRatings(deps, caller, request));
  bindRoute(app, reviews.flagRating, (caller, request) => flagRating(deps, caller, request));
  bindRoute(app, reviews.liftFlag, (caller, request) => liftFlag(deps, caller, request));
  bindRoute(app, reviews.decideWords, (caller, request) => decideWords(deps, caller, request));
  bindRoute(app, reviews.listReplies, (caller, request) => listReplies(deps, caller, request));
  bindRoute(app, reviews.decideReply, (caller, request) => decideReply(deps, caller, request));
  bindRoute(app, reviews.listScreenedWords, (caller, request) =>
    listScreenedWords(deps, caller, request),
  );
  bindRoute(app, reviews.addScreenedWord, (caller, request) =>
    addScreenedWord(deps, caller, request),
  );
  bindRoute(app, reviews.removeScreenedWord, (caller, request) =>
    removeScreenedWord(deps, caller, request),
  );
}

function bindCases(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, cases.listCases, (caller, request) => listCases(deps, caller, request));
  bindRoute(app, cases.listCaseRatings, (caller, request) =>
    listCaseRatings(deps, caller, request),
  );
  bindRoute(app, cases.decideCase, (caller, request) => decideCase(deps, caller, request));
}

function bindQuestions(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, questions.draftQuestionSet, (caller, request) =>
    draftQuestionSet(deps, caller, request),
  );
  bindRoute(app, questions.publishQuestionSet, (caller, request) =>
    publishQuestionSet(deps, caller, request),
  );
  bindRoute(app, questions.withdrawQuestionSet, (caller, request) =>
    withdrawQuestionSet(deps, caller, request),
  );
  bindRoute(app, questions.listReasonNames, (caller) => listReasonNames(deps, caller));
  bindRoute(app, questions.listQuestionSets, (caller, request) =>
    listQuestionSets(deps, caller, request),
  );
}
