import { listCoverageAreas } from '@ddp/contracts/directory/coverage-routes';
import { readAreaReport } from '@ddp/contracts/ratings/area-report-routes';
import { DataAnalysis } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const overview: Section = {
  name: 'overview',
  icon: DataAnalysis,
  pages: [
    {
      path: '/overview',
      title: 'area',
      needs: readAreaReport,
      load: () => import('./overview-page.vue'),
    },
    {
      path: '/coverage',
      title: 'coverage',
      needs: listCoverageAreas,
      load: () => import('./coverage-page.vue'),
    },
  ],
};
