import * as appeals from '@ddp/contracts/ratings/appeal-routes';
import { readAreaDay as dayRoute } from '@ddp/contracts/ratings/area-day-routes';
import * as reports from '@ddp/contracts/ratings/area-report-routes';
import * as followUps from '@ddp/contracts/ratings/follow-up-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RatingsDeps } from '../deps.ts';
import { acceptFollowUp } from '../operations/accept-follow-up.ts';
import { appealRating, listAppealableRatings } from '../operations/appeal-rating.ts';
import { contactRater } from '../operations/contact-rater.ts';
import { decideAppeal } from '../operations/decide-appeal.ts';
import { extendFollowUp } from '../operations/extend-follow-up.ts';
import { readFollowUpTerms, setFollowUpTerms } from '../operations/follow-up-terms.ts';
import { listAppeals, listMyAppeals } from '../operations/list-appeals.ts';
import { listFollowUps, listMyFollowUps, readFollowUp } from '../operations/list-follow-ups.ts';
import { listReceivers } from '../operations/list-receivers.ts';
import { readAreaReportPaper, readAreaReportWorkbook } from '../operations/print-area-report.ts';
import { readAreaDay } from '../operations/read-area-day.ts';
import { readAreaReport } from '../operations/read-area-report.ts';
import { resolveFollowUp } from '../operations/resolve-follow-up.ts';
import { transferFollowUp } from '../operations/transfer-follow-up.ts';

/** Which operation answers which route of follow-ups and appeals. */
export function bindFollowUpRoutes(app: ServiceApp, deps: RatingsDeps): void {
  bindRoute(app, followUps.listFollowUps, (caller, input) => listFollowUps(deps, caller, input));
  bindRoute(app, followUps.readFollowUp, (caller, input) => readFollowUp(deps, caller, input));
  bindRoute(app, followUps.listReceivers, (caller, input) => listReceivers(deps, caller, input));
  bindRoute(app, followUps.acceptFollowUp, (caller, input) => acceptFollowUp(deps, caller, input));
  bindRoute(app, followUps.contactRater, (caller, input) => contactRater(deps, caller, input));
  bindRoute(app, followUps.extendFollowUp, (caller, input) => extendFollowUp(deps, caller, input));
  bindRoute(app, followUps.transferFollowUp, (caller, input) =>
    transferFollowUp(deps, caller, input),
  );
  bindRoute(app, followUps.resolveFollowUp, (caller, input) =>
    resolveFollowUp(deps, caller, input),
  );
  bindRoute(app, followUps.listMyFollowUps, (caller, input) =>
    listMyFollowUps(deps, caller, input),
  );
  bindRoute(app, followUps.readFollowUpTerms, (caller) => readFollowUpTerms(deps, caller));
  bindRoute(app, followUps.setFollowUpTerms, (caller, input) =>
    setFollowUpTerms(deps, caller, input),
  );
  bindRoute(app, dayRoute, (caller, input) => readAreaDay(deps, caller, input));
  bindRoute(app, reports.readAreaReport, (caller, input) => readAreaReport(deps, caller, input));
  bindRoute(app, reports.readAreaReportWorkbook, (caller, input) =>
    readAreaReportWorkbook(deps, caller, input),
  );
  bindRoute(app, reports.readAreaReportPaper, (caller, input) =>
    readAreaReportPaper(deps, caller, input),
  );
  bindRoute(app, appeals.listAppealableRatings, (caller, input) =>
    listAppealableRatings(deps, caller, input),
  );
  bindRoute(app, appeals.appealRating, (caller, input) => appealRating(deps, caller, input));
  bindRoute(app, appeals.listMyAppeals, (caller, input) => listMyAppeals(deps, caller, input));
  bindRoute(app, appeals.listAppeals, (caller, input) => listAppeals(deps, caller, input));
  bindRoute(app, appeals.decideAppeal, (caller, input) => decideAppeal(deps, caller, input));
}
