import { listBudgets } from '@ddp/contracts/rewards/budget-routes';
import { approveTopUp } from '@ddp/contracts/rewards/counter-routes';
import { listRedemptionCourses } from '@ddp/contracts/rewards/course-routes';
import { createBenefit, listMerchants } from '@ddp/contracts/rewards/routes';
import {
  listDisputes,
  listSettlementRuns,
  listStatements,
} from '@ddp/contracts/rewards/settlement-routes';
import { exportBenefits } from '@ddp/contracts/rewards/table-routes';
import { Present } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const rewards: Section = {
  name: 'rewards',
  icon: Present,
  pages: [
    {
      path: '/benefits',
      title: 'benefits',
      needs: exportBenefits,
      load: () => import('./benefits-page.vue'),
    },
    {
      path: '/benefits/:id',
      title: 'benefit',
      needs: exportBenefits,
      below: '/benefits',
      load: () => import('./benefit-page.vue'),
    },
    {
      path: '/draws/:id',
      title: 'draws.one',
      needs: exportBenefits,
      below: '/benefits',
      load: () => import('./draw-page.vue'),
    },
    {
      path: '/top-ups',
      title: 'topUps.name',
      needs: approveTopUp,
      load: () => import('./top-ups-page.vue'),
    },
    {
      path: '/redemptions',
      title: 'course.name',
      needs: listRedemptionCourses,
      load: () => import('./redemptions-page.vue'),
    },
    {
      path: '/redemptions/:id',
      title: 'course.one',
      needs: listRedemptionCourses,
      below: '/redemptions',
      load: () => import('./redemption-page.vue'),
    },
    {
      path: '/budgets',
      title: 'budgets',
      needs: listBudgets,
      load: () => import('./budgets-page.vue'),
    },
    {
      path: '/merchants',
      title: 'merchants',
      needs: listMerchants,
      load: () => import('./merchants-page.vue'),
    },
    {
      path: '/merchants/:id',
      title: 'merchant',
      needs: listMerchants,
      below: '/merchants',
      load: () => import('./merchant-page.vue'),
    },
    {
      path: '/settlements',
      title: 'settlements',
      needs: listSettlementRuns,
      load: () => import('./settlements-page.vue'),
    },
    {
      path: '/statements',
      title: 'statements',
      needs: listStatements,
      load: () => import('./statements-page.vue'),
    },
    {
      path: '/statements/:id',
      title: 'statement',
      needs: listStatements,
      below: '/statements',
      load: () => import('./statement-page.vue'),
    },
    {
      path: '/settlement-disputes',
      title: 'disputes',
      needs: listDisputes,
      load: () => import('./disputes-page.vue'),
    },
    {
      path: '/voucher-settings',
      title: 'vouchers.name',
      needs: createBenefit,
      load: () => import('./voucher-settings-page.vue'),
    },
  ],
};
