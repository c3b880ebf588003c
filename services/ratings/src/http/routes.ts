import * as routes from '@ddp/contracts/ratings/routes';
import * as scores from '@ddp/contracts/ratings/score-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RatingsDeps } from '../deps.ts';
import { listMyRatings } from '../operations/read-ratings.ts';
import {
  readAreaScore,
  readScore,
  readScoreHistory,
  readUnitScore,
} from '../operations/read-scores.ts';
import { submitRating } from '../operations/submit-rating.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, routes.submitRating, (caller, request) => submitRating(deps, caller, request));
  bindRoute(app, routes.listMyRatings, (caller, request) => listMyRatings(deps, caller, request));
  bindRoute(app, scores.readScore, (caller, request) => readScore(deps, caller, request));
  bindRoute(app, scores.readScoreHistory, (caller, request) =>
    readScoreHistory(deps, caller, request),
  );
  bindRoute(app, scores.readUnitScore, (caller, request) => readUnitScore(deps, caller, request));
  bindRoute(app, scores.readAreaScore, (caller, request) => readAreaScore(deps, caller, request));
}
