import { listDeadLetters } from '@ddp/contracts/operations-routes';
import { SetUp } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const operations: Section = {
  name: 'operations',
  icon: SetUp,
  pages: [
    {
      path: '/dead-letters',
      title: 'deadLetters',
      needs: listDeadLetters,
      load: () => import('./dead-letters-page.vue'),
    },
  ],
};
