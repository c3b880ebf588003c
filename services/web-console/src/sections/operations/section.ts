import { listDeadLetters } from '@ddp/contracts/operations-routes';
import { Monitor } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const operations: Section = {
  name: 'operations',
  icon: Monitor,
  pages: [
    {
      path: '/dead-letters',
      title: 'deadLetters',
      needs: listDeadLetters,
      load: () => import('./dead-letters-page.vue'),
    },
  ],
};
