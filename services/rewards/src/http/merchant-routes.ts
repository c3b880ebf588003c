import { readAreaUse as useRoute } from '@ddp/contracts/rewards/area-use-routes';
import * as counterRoutes from '@ddp/contracts/rewards/counter-routes';
import * as merchantRoutes from '@ddp/contracts/rewards/merchant-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { applyAsMerchant } from '../operations/apply-as-merchant.ts';
import { approveMerchant, refuseMerchant } from '../operations/decide-merchant.ts';
import { inviteClerk, listClerks, removeClerk, unbindClerk } from '../operations/keep-clerks.ts';
import { changeShop, closeShop, createShop, listShops } from '../operations/keep-shops.ts';
import {
  approveTopUp,
  listStock,
  listTopUps,
  refuseTopUp,
  requestTopUp,
} from '../operations/keep-stock.ts';
import { listMyMerchants, readMerchant } from '../operations/list-merchants.ts';
import { exportVerifications, readDayTotals } from '../operations/list-verifications.ts';
import { pauseMerchant, resumeMerchant, setCeiling } from '../operations/manage-merchant.ts';
import { readAreaUse } from '../operations/read-area-use.ts';

/** Merchants and their counters: which operation answers which route. */
export function bindMerchantRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, merchantRoutes.applyAsMerchant, (caller, request) =>
    applyAsMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.listMyApplications, (caller, request) =>
    listMyMerchants(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.readMerchant, (caller, request) =>
    readMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.approveMerchant, (caller, request) =>
    approveMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.refuseMerchant, (caller, request) =>
    refuseMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.pauseMerchant, (caller, request) =>
    pauseMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.resumeMerchant, (caller, request) =>
    resumeMerchant(deps, caller, request),
  );
  bindRoute(app, merchantRoutes.setCeiling, (caller, request) => setCeiling(deps, caller, request));
  bindRoute(app, merchantRoutes.createShop, (caller, request) => createShop(deps, caller, request));
  bindRoute(app, merchantRoutes.listShops, (caller, request) => listShops(deps, caller, request));
  bindRoute(app, merchantRoutes.changeShop, (caller, request) => changeShop(deps, caller, request));
  bindRoute(app, merchantRoutes.closeShop, (caller, request) => closeShop(deps, caller, request));
  bindRoute(app, useRoute, (caller, request) => readAreaUse(deps, caller, request));
  bindRoute(app, counterRoutes.inviteClerk, (caller, request) =>
    inviteClerk(deps, caller, request),
  );
  bindRoute(app, counterRoutes.listClerks, (caller) => listClerks(deps, caller));
  bindRoute(app, counterRoutes.removeClerk, (caller, request) =>
    removeClerk(deps, caller, request),
  );
  bindRoute(app, counterRoutes.unbindClerk, (caller, request) =>
    unbindClerk(deps, caller, request),
  );
  bindRoute(app, counterRoutes.readDayTotals, (caller, request) =>
    readDayTotals(deps, caller, request),
  );
  bindRoute(app, counterRoutes.exportVerifications, (caller, request) =>
    exportVerifications(deps, caller, request),
  );
  bindRoute(app, counterRoutes.listStock, (caller, request) => listStock(deps, caller, request));
  bindRoute(app, counterRoutes.requestTopUp, (caller, request) =>
    requestTopUp(deps, caller, request),
  );
  bindRoute(app, counterRoutes.listTopUps, (caller, request) => listTopUps(deps, caller, request));
  bindRoute(app, counterRoutes.approveTopUp, (caller, request) =>
    approveTopUp(deps, caller, request),
  );
  bindRoute(app, counterRoutes.refuseTopUp, (caller, request) =>
    refuseTopUp(deps, caller, request),
  );
}
