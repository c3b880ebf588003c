import { listBudgets } from '@ddp/contracts/rewards/budget-routes';
import { listMerchants } from '@ddp/contracts/rewards/routes';
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
  ],
};
