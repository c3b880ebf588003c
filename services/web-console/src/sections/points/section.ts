import { listAwards } from '@ddp/contracts/points/award-routes';
import { listReversals } from '@ddp/contracts/points/reversal-routes';
import { readStatement } from '@ddp/contracts/points/routes';
import { listRuleDrafts, listRuleVersions } from '@ddp/contracts/points/rule-routes';
import { listSettings } from '@ddp/contracts/points/settings-routes';
import { readSolvency } from '@ddp/contracts/points/solvency-routes';
import { Medal } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const points: Section = {
  name: 'points',
  icon: Medal,
  pages: [
    {
      path: '/awards',
      title: 'awards',
      needs: listAwards,
      load: () => import('./awards-page.vue'),
    },
    {
      path: '/awards/:id',
      title: 'award',
      needs: listAwards,
      below: '/awards',
      load: () => import('./award-page.vue'),
    },
    {
      path: '/people/:id/points',
      title: 'statement',
      needs: readStatement,
      below: '/awards',
      load: () => import('./statement-page.vue'),
    },
    {
      path: '/reversals',
      title: 'reversals',
      needs: listReversals,
      load: () => import('./reversals-page.vue'),
    },
    {
      path: '/rules',
      title: 'rules',
      needs: listRuleDrafts,
      load: () => import('./rules-page.vue'),
    },
    {
      path: '/rules/:rule',
      title: 'ruleVersions',
      needs: listRuleVersions,
      below: '/rules',
      load: () => import('./rule-page.vue'),
    },
    {
      path: '/points-settings',
      title: 'settings',
      needs: listSettings,
      load: () => import('./settings-page.vue'),
    },
    {
      path: '/solvency',
      title: 'solvency',
      needs: readSolvency,
      load: () => import('./solvency-page.vue'),
    },
  ],
};
