import * as courseRoutes from '@ddp/contracts/rewards/course-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { cancelRedemption } from '../operations/cancel-redemption.ts';
import { publishBenefit, withdrawBenefit } from '../operations/change-offer.ts';
import { createBenefit } from '../operations/create-benefit.ts';
import { createMerchant } from '../operations/create-merchant.ts';
import { listBenefits } from '../operations/list-benefits.ts';
import { listMerchants } from '../operations/list-merchants.ts';
import { listVerifications } from '../operations/list-verifications.ts';
import { lookUpVoucher } from '../operations/look-up-voucher.ts';
import { listMyRedemptions, readRedemption } from '../operations/read-redemption.ts';
import {
  listRedemptionCourses,
  readRedemptionCourse,
} from '../operations/read-redemption-course.ts';
import { readVoucher, readVoucherQr } from '../operations/read-voucher.ts';
import { requestRedemption } from '../operations/request-redemption.ts';
import { verifyVoucher } from '../operations/verify-voucher.ts';
import { watchRedemption } from '../operations/watch-redemption.ts';
import { bindAssistanceRoutes } from './assistance-routes.ts';
import { bindBenefitRoutes } from './benefit-routes.ts';
import { bindDrawRoutes } from './draw-routes.ts';
import { bindMerchantRoutes } from './merchant-routes.ts';
import { bindSettlementRoutes } from './settlement-routes.ts';
import { bindVoucherRoutes } from './voucher-routes.ts';
import { bindWaitingRoutes } from './waiting-routes.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindBenefitRoutes(app, deps);
  bindMerchantRoutes(app, deps);
  bindVoucherRoutes(app, deps);
  bindSettlementRoutes(app, deps);
  bindAssistanceRoutes(app, deps);
  bindWaitingRoutes(app, deps);
  bindDrawRoutes(app, deps);
  bindRoute(app, routes.createMerchant, (caller, request) => createMerchant(deps, caller, request));
  bindRoute(app, routes.listMerchants, (caller, request) => listMerchants(deps, caller, request));
  bindRoute(app, routes.createBenefit, (caller, request) => createBenefit(deps, caller, request));
  bindRoute(app, routes.publishBenefit, (caller, request) => publishBenefit(deps, caller, request));
  bindRoute(app, routes.withdrawBenefit, (caller, request) =>
    withdrawBenefit(deps, caller, request),
  );
  bindRoute(app, routes.listBenefits, (caller, request) => listBenefits(deps, caller, request));
  bindRoute(app, routes.requestRedemption, (caller, request) =>
    requestRedemption(deps, caller, request),
  );
  bindRoute(app, routes.watchRedemption, (caller, request) =>
    watchRedemption(deps, caller, request),
  );
  bindRoute(app, routes.readRedemption, (caller, request) => readRedemption(deps, caller, request));
  bindRoute(app, courseRoutes.listRedemptionCourses, (caller, request) =>
    listRedemptionCourses(deps, caller, request),
  );
  bindRoute(app, courseRoutes.readRedemptionCourse, (caller, request) =>
    readRedemptionCourse(deps, caller, request),
  );
  bindRoute(app, routes.listMyRedemptions, (caller, request) =>
    listMyRedemptions(deps, caller, request),
  );
  bindRoute(app, routes.cancelRedemption, (caller, request) =>
    cancelRedemption(deps, caller, request),
  );
  bindRoute(app, routes.readVoucher, (caller, request) => readVoucher(deps, caller, request));
  bindRoute(app, routes.readVoucherQr, (caller, request) => readVoucherQr(deps, caller, request));
  bindRoute(app, routes.lookUpVoucher, (caller, request) => lookUpVoucher(deps, caller, request));
  bindRoute(app, routes.verifyVoucher, (caller, request) => verifyVoucher(deps, caller, request));
  bindRoute(app, routes.listVerifications, (caller, request) =>
    listVerifications(deps, caller, request),
  );
}
