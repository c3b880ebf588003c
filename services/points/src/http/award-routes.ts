import * as awards from '@ddp/contracts/points/award-routes';
import * as reversals from '@ddp/contracts/points/reversal-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { PointsDeps } from '../deps.ts';
import { appealReversal, recordAppeal } from '../operations/appeal-reversal.ts';
import { approveAward } from '../operations/approve-award.ts';
import { awardPoints } from '../operations/award-points.ts';
import { decideReversal, liftReversal } from '../operations/decide-reversal.ts';
import {
  consentToPublicity,
  readMyPublicity,
  withdrawPublicity,
} from '../operations/keep-publicity.ts';
import { listAwards, listMyAwards, readStaffAward } from '../operations/list-awards.ts';
import { listMyReversals, listReversals } from '../operations/list-reversals.ts';
import { noticeReversal } from '../operations/notice-reversal.ts';
import { withdrawAward } from '../operations/withdraw-award.ts';

/** Awards from proposal to grant, and their reversal. */
export function bindAwardRoutes(app: ServiceApp, deps: PointsDeps): void {
  bindRoute(app, awards.awardPoints, (caller, request) => awardPoints(deps, caller, request));
  bindRoute(app, awards.listAwards, (caller, request) => listAwards(deps, caller, request));
  bindRoute(app, awards.readAward, (caller, request) => readStaffAward(deps, caller, request));
  bindRoute(app, awards.approveAward, (caller, request) => approveAward(deps, caller, request));
  bindRoute(app, awards.withdrawAward, (caller, request) => withdrawAward(deps, caller, request));
  bindRoute(app, awards.listMyAwards, (caller, request) => listMyAwards(deps, caller, request));
  bindRoute(app, awards.readMyPublicity, (caller) => readMyPublicity(deps, caller));
  bindRoute(app, awards.consentToPublicity, (caller, request) =>
    consentToPublicity(deps, caller, request),
  );
  bindRoute(app, awards.withdrawPublicity, (caller) => withdrawPublicity(deps, caller));
  bindRoute(app, reversals.noticeReversal, (caller, request) =>
    noticeReversal(deps, caller, request),
  );
  bindRoute(app, reversals.listReversals, (caller, request) =>
    listReversals(deps, caller, request),
  );
  bindRoute(app, reversals.listMyReversals, (caller, request) =>
    listMyReversals(deps, caller, request),
  );
  bindRoute(app, reversals.appealReversal, (caller, request) =>
    appealReversal(deps, caller, request),
  );
  bindRoute(app, reversals.recordAppeal, (caller, request) => recordAppeal(deps, caller, request));
  bindRoute(app, reversals.decideReversal, (caller, request) =>
    decideReversal(deps, caller, request),
  );
  bindRoute(app, reversals.liftReversal, (caller, request) => liftReversal(deps, caller, request));
}
