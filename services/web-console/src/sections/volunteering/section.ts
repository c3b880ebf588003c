import { listActivities } from '@ddp/contracts/volunteering/activity-routes';
import { listCertificates } from '@ddp/contracts/volunteering/certificate-routes';
import { listHours } from '@ddp/contracts/volunteering/hour-routes';
import { readStatistic } from '@ddp/contracts/volunteering/statistic-routes';
import { Flag } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const volunteering: Section = {
  name: 'volunteering',
  icon: Flag,
  pages: [
    {
      path: '/activities',
      title: 'activities',
      needs: listActivities,
      load: () => import('./activities-page.vue'),
    },
    {
      path: '/activities/:id',
      title: 'activity',
      needs: listActivities,
      below: '/activities',
      load: () => import('./activity-page.vue'),
    },
    {
      path: '/hours',
      title: 'hours',
      needs: listHours,
      load: () => import('./hours-page.vue'),
    },
    {
      path: '/certificates',
      title: 'certificates',
      needs: listCertificates,
      load: () => import('./certificates-page.vue'),
    },
    {
      path: '/volunteering-statistics',
      title: 'statistics',
      needs: readStatistic,
      load: () => import('./statistics-page.vue'),
    },
  ],
};
