import * as benefitRoutes from '@ddp/contracts/rewards/benefit-routes';
import * as budgetRoutes from '@ddp/contracts/rewards/budget-routes';
import * as tableRoutes from '@ddp/contracts/rewards/table-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { changeBenefit } from '../operations/change-benefit.ts';
import {
  approveBenefit,
  pauseBenefit,
  resumeBenefit,
  returnBenefit,
  submitBenefit,
} from '../operations/change-offer.ts';
import { approveText, listTexts, proposeText, refuseText } from '../operations/change-words.ts';
import { exportBenefits } from '../operations/export-benefits.ts';
import { importBenefits, readBenefitTemplate } from '../operations/import-benefits.ts';
import {
  changeBudget,
  closeBudget,
  createBudget,
  listBudgets,
} from '../operations/keep-budgets.ts';
import { readBenefitPicture, setBenefitPicture } from '../operations/keep-pictures.ts';
import { readBenefit } from '../operations/list-benefits.ts';

/** Benefits, their words, pictures and budgets: which operation answers which route. */
export function bindBenefitRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, benefitRoutes.readBenefit, (caller, request) =>
    readBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.changeBenefit, (caller, request) =>
    changeBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.submitBenefit, (caller, request) =>
    submitBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.approveBenefit, (caller, request) =>
    approveBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.returnBenefit, (caller, request) =>
    returnBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.pauseBenefit, (caller, request) =>
    pauseBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.resumeBenefit, (caller, request) =>
    resumeBenefit(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.setBenefitPicture, (caller, request) =>
    setBenefitPicture(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.readBenefitPicture, (caller, request) =>
    readBenefitPicture(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.proposeText, (caller, request) =>
    proposeText(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.listTexts, (caller, request) => listTexts(deps, caller, request));
  bindRoute(app, benefitRoutes.approveText, (caller, request) =>
    approveText(deps, caller, request),
  );
  bindRoute(app, benefitRoutes.refuseText, (caller, request) => refuseText(deps, caller, request));
  bindRoute(app, budgetRoutes.createBudget, (caller, request) =>
    createBudget(deps, caller, request),
  );
  bindRoute(app, budgetRoutes.listBudgets, (caller, request) => listBudgets(deps, caller, request));
  bindRoute(app, budgetRoutes.changeBudget, (caller, request) =>
    changeBudget(deps, caller, request),
  );
  bindRoute(app, budgetRoutes.closeBudget, (caller, request) => closeBudget(deps, caller, request));
  bindRoute(app, tableRoutes.readBenefitTemplate, (caller) => readBenefitTemplate(deps, caller));
  bindRoute(app, tableRoutes.importBenefits, (caller, request) =>
    importBenefits(deps, caller, request),
  );
  bindRoute(app, tableRoutes.exportBenefits, (caller, request) =>
    exportBenefits(deps, caller, request),
  );
}
