import { listAppeals } from '@ddp/contracts/ratings/appeal-routes';
import { listFollowUps, readFollowUpTerms } from '@ddp/contracts/ratings/follow-up-routes';
import { ChatDotSquare } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const followUps: Section = {
  name: 'followUps',
  icon: ChatDotSquare,
  pages: [
    {
      path: '/follow-ups',
      title: 'board',
      needs: listFollowUps,
      load: () => import('./board-page.vue'),
    },
    {
      path: '/follow-ups/:id',
      title: 'one',
      needs: listFollowUps,
      below: '/follow-ups',
      load: () => import('./follow-up-page.vue'),
    },
    {
      path: '/appeals',
      title: 'appeals',
      needs: listAppeals,
      load: () => import('./appeals-page.vue'),
    },
    {
      path: '/follow-up-terms',
      title: 'terms',
      needs: readFollowUpTerms,
      load: () => import('./terms-page.vue'),
    },
  ],
};
