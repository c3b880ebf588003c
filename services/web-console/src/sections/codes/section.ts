import { listBatches } from '@ddp/contracts/codes/batch-routes';
import { listScanTotals, listSuspicions } from '@ddp/contracts/codes/report-routes';
import { listCodes } from '@ddp/contracts/codes/routes';
import { Grid } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const codes: Section = {
  name: 'codes',
  icon: Grid,
  pages: [
    { path: '/codes', title: 'list', needs: listCodes, load: () => import('./codes-page.vue') },
    {
      path: '/batches',
      title: 'batches',
      needs: listBatches,
      load: () => import('./batches-page.vue'),
    },
    {
      path: '/suspicions',
      title: 'suspicions',
      needs: listSuspicions,
      load: () => import('./suspicions-page.vue'),
    },
    {
      path: '/scans',
      title: 'scans',
      needs: listScanTotals,
      load: () => import('./scans-page.vue'),
    },
  ],
};
