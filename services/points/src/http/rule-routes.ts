import * as routes from '@ddp/contracts/points/rule-routes';
import { readSolvency as readSolvencyRoute } from '@ddp/contracts/points/solvency-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { PointsDeps } from '../deps.ts';
import { approveRule, withdrawRuleDraft } from '../operations/decide-rule-draft.ts';
import { draftRule, draftRuleEnding } from '../operations/draft-rule.ts';
import { dryRunRule } from '../operations/dry-run-rule.ts';
import { listRuleDrafts } from '../operations/list-rule-drafts.ts';
import { listRules, listRuleVersions } from '../operations/list-rules.ts';
import { readSolvency } from '../operations/read-solvency.ts';

/** Which operation answers which route about the rules and what they cost. */
export function bindRuleRoutes(app: ServiceApp, deps: PointsDeps): void {
  bindRoute(app, routes.listRules, (caller, request) => listRules(deps, caller, request));
  bindRoute(app, routes.listRuleVersions, (caller, request) =>
    listRuleVersions(deps, caller, request),
  );
  bindRoute(app, routes.draftRule, (caller, request) => draftRule(deps, caller, request));
  bindRoute(app, routes.draftRuleEnding, (caller, request) =>
    draftRuleEnding(deps, caller, request),
  );
  bindRoute(app, routes.listRuleDrafts, (caller, request) => listRuleDrafts(deps, caller, request));
  bindRoute(app, routes.dryRunRule, (caller, request) => dryRunRule(deps, caller, request));
  bindRoute(app, readSolvencyRoute, (caller) => readSolvency(deps, caller));
  bindRoute(app, routes.approveRule, (caller, request) => approveRule(deps, caller, request));
  bindRoute(app, routes.withdrawRuleDraft, (caller, request) =>
    withdrawRuleDraft(deps, caller, request),
  );
}
