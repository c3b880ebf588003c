import * as assistanceRoutes from '@ddp/contracts/rewards/assistance-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import {
  assistRedemption,
  cancelAssistedRedemption,
  listAssistedRedemptions,
  readAssistedRedemption,
} from '../operations/assist-redemption.ts';
import { printVoucher, readPaper, readPaperQr } from '../operations/print-voucher.ts';

/** What staff do for residents without a phone: which operation answers which route. */
export function bindAssistanceRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, assistanceRoutes.assistRedemption, (caller, request) =>
    assistRedemption(deps, caller, request),
  );
  bindRoute(app, assistanceRoutes.listAssistedRedemptions, (caller, request) =>
    listAssistedRedemptions(deps, caller, request),
  );
  bindRoute(app, assistanceRoutes.readAssistedRedemption, (caller, request) =>
    readAssistedRedemption(deps, caller, request),
  );
  bindRoute(app, assistanceRoutes.cancelAssistedRedemption, (caller, request) =>
    cancelAssistedRedemption(deps, caller, request),
  );
  bindRoute(app, assistanceRoutes.printVoucher, (caller, request) =>
    printVoucher(deps, caller, request),
  );
  bindRoute(app, assistanceRoutes.readPaper, (caller, request) => readPaper(deps, caller, request));
  bindRoute(app, assistanceRoutes.readPaperQr, (caller, request) =>
    readPaperQr(deps, caller, request),
  );
}
