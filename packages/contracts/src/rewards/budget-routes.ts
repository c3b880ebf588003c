import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { budgetChangeSchema, budgetPageSchema, budgetSchema, newBudgetSchema } from './budgets.ts';
import { rewardsProblems } from './problems.ts';
import { redemptionQuerySchema } from './schemas.ts';

const service = 'rewards';
const { notFound, conflict, unknownArea } = commonProblems;

export const createBudget = defineRoute({
  service,
  name: 'create-budget',
  method: 'POST',
  path: '/v1/budgets',
  permission: 'rewards.manage',
  summary: { zh: '登记资助方预算', en: 'Register what a sponsor gives' },
  body: newBudgetSchema,
  status: 201,
  response: budgetSchema,
  problems: [unknownArea, rewardsProblems.noProgramme, notFound],
});

export const listBudgets = defineRoute({
  service,
  name: 'list-budgets',
  method: 'GET',
  path: '/v1/budgets',
  permission: 'rewards.read',
  summary: { zh: '资助方预算', en: 'Budgets of sponsors' },
  query: redemptionQuerySchema,
  status: 200,
  response: budgetPageSchema,
  problems: [],
});

export const changeBudget = defineRoute({
  service,
  name: 'change-budget',
  method: 'POST',
  path: '/v1/budgets/{id}/changes',
  permission: 'rewards.manage',
  summary: { zh: '调整预算', en: 'Raise or lower a budget' },
  params: idParams,
  body: budgetChangeSchema,
  status: 200,
  response: budgetSchema,
  problems: [notFound, conflict, rewardsProblems.budgetBelowUse],
});

export const closeBudget = defineRoute({
  service,
  name: 'close-budget',
  method: 'POST',
  path: '/v1/budgets/{id}/closure',
  permission: 'rewards.manage',
  summary: { zh: '关闭预算', en: 'Close a budget to new redemptions' },
  params: idParams,
  status: 200,
  response: budgetSchema,
  problems: [notFound, conflict],
});
