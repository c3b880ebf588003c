import * as giftRoutes from '@ddp/contracts/rewards/gift-routes';
import * as voucherRoutes from '@ddp/contracts/rewards/voucher-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { acceptGift, refuseGift, takeBackGift } from '../operations/decide-gift.ts';
import { readVoucherSettings, setVoucherSettings } from '../operations/keep-settings.ts';
import { listMyGifts } from '../operations/list-gifts.ts';
import { offerGift } from '../operations/offer-gift.ts';
import { undoVerification } from '../operations/undo-verification.ts';

/** What becomes of vouchers beside their use: which operation answers which route. */
export function bindVoucherRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, voucherRoutes.undoVerification, (caller, request) =>
    undoVerification(deps, caller, request),
  );
  bindRoute(app, voucherRoutes.readVoucherSettings, (caller) => readVoucherSettings(deps, caller));
  bindRoute(app, voucherRoutes.setVoucherSettings, (caller, request) =>
    setVoucherSettings(deps, caller, request),
  );
  bindRoute(app, giftRoutes.offerGift, (caller, request) => offerGift(deps, caller, request));
  bindRoute(app, giftRoutes.listMyGifts, (caller, request) => listMyGifts(deps, caller, request));
  bindRoute(app, giftRoutes.acceptGift, (caller, request) => acceptGift(deps, caller, request));
  bindRoute(app, giftRoutes.refuseGift, (caller, request) => refuseGift(deps, caller, request));
  bindRoute(app, giftRoutes.takeBackGift, (caller, request) => takeBackGift(deps, caller, request));
}
