import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { pointsProblems } from './problems.ts';
import {
  draftWithdrawalSchema,
  dryRunSchema,
  newDryRunSchema,
  newRuleDraftSchema,
  newRuleEndingSchema,
  ruleDraftPageSchema,
  ruleDraftSchema,
  ruleDraftsQuerySchema,
  rulePageSchema,
  ruleParams,
  rulesQuerySchema,
  ruleVersionsQuerySchema,
} from './rule-schemas.ts';

const service = 'points';
const { notFound, conflict, dayInPast } = commonProblems;
const { forbiddenRuleInput, ruleNotInForce } = pointsProblems;

export const listRules = defineRoute({
  service,
  name: 'list-rules',
  method: 'GET',
  path: '/v1/rules',
  permission: 'public',
  summary: { zh: '现行积分规则', en: 'The rules in force' },
  query: rulesQuerySchema,
  status: 200,
  response: rulePageSchema,
  problems: [],
});

export const listRuleVersions = defineRoute({
  service,
  name: 'list-rule-versions',
  method: 'GET',
  path: '/v1/rules/{rule}/versions',
  permission: 'rules.read',
  summary: { zh: '规则的历次版本', en: 'All versions of a rule' },
  params: ruleParams,
  query: ruleVersionsQuerySchema,
  status: 200,
  response: rulePageSchema,
  problems: [conflict],
});

export const draftRule = defineRoute({
  service,
  name: 'draft-rule',
  method: 'POST',
  path: '/v1/rule-drafts',
  permission: 'rules.manage',
  summary: { zh: '起草规则的新版本', en: 'Draft a new version of a rule' },
  body: newRuleDraftSchema,
  status: 201,
  response: ruleDraftSchema,
  problems: [notFound, conflict, dayInPast, forbiddenRuleInput],
});

/** A draft of the same terms with a last day: what is in force is never changed, only followed. */
export const draftRuleEnding = defineRoute({
  service,
  name: 'draft-rule-ending',
  method: 'POST',
  path: '/v1/rules/{rule}/endings',
  permission: 'rules.manage',
  summary: { zh: '起草规则的终止', en: 'Draft the end of a rule' },
  params: ruleParams,
  body: newRuleEndingSchema,
  status: 201,
  response: ruleDraftSchema,
  problems: [notFound, conflict, dayInPast, ruleNotInForce],
});

export const listRuleDrafts = defineRoute({
  service,
  name: 'list-rule-drafts',
  method: 'GET',
  path: '/v1/rule-drafts',
  permission: 'rules.read',
  summary: { zh: '规则草案', en: 'Drafts of rules' },
  query: ruleDraftsQuerySchema,
  status: 200,
  response: ruleDraftPageSchema,
  problems: [conflict],
});

export const approveRule = defineRoute({
  service,
  name: 'approve-rule',
  method: 'POST',
  path: '/v1/rule-drafts/{id}/approval',
  permission: 'rules.manage',
  summary: { zh: '批准规则草案', en: 'Approve a draft of a rule' },
  params: idParams,
  status: 200,
  response: ruleDraftSchema,
  problems: [
    notFound,
    conflict,
    pointsProblems.ownDraft,
    pointsProblems.draftDecided,
    pointsProblems.draftOutdated,
  ],
});

export const withdrawRuleDraft = defineRoute({
  service,
  name: 'withdraw-rule-draft',
  method: 'POST',
  path: '/v1/rule-drafts/{id}/withdrawal',
  permission: 'rules.manage',
  summary: { zh: '撤回规则草案', en: 'Withdraw a draft of a rule' },
  params: idParams,
  body: draftWithdrawalSchema,
  status: 200,
  response: ruleDraftSchema,
  problems: [notFound, conflict, pointsProblems.draftDecided],
});

/** Reads only: what a version would have given for the events of some days, against what was given. */
export const dryRunRule = defineRoute({
  service,
  name: 'dry-run-rule',
  method: 'POST',
  path: '/v1/rules/dry-runs',
  permission: 'rules.read',
  summary: { zh: '试算规则的新版本', en: 'Try a version of a rule on past events' },
  body: newDryRunSchema,
  status: 200,
  response: dryRunSchema,
  isKeyless: true,
  problems: [conflict, forbiddenRuleInput],
});
