import { listCases } from '@ddp/contracts/ratings/case-routes';
import { listQuestionSets } from '@ddp/contracts/ratings/question-routes';
import { listRatings, listReplies, listScreenedWords } from '@ddp/contracts/ratings/review-routes';
import { Star } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const ratings: Section = {
  name: 'ratings',
  icon: Star,
  pages: [
    {
      path: '/ratings',
      title: 'list',
      needs: listRatings,
      load: () => import('./ratings-page.vue'),
    },
    {
      path: '/replies',
      title: 'replies',
      needs: listReplies,
      load: () => import('./replies-page.vue'),
    },
    {
      path: '/watch-cases',
      title: 'cases',
      needs: listCases,
      load: () => import('./cases-page.vue'),
    },
    {
      path: '/watch-cases/:id',
      title: 'case',
      needs: listCases,
      below: '/watch-cases',
      load: () => import('./case-page.vue'),
    },
    {
      path: '/question-sets',
      title: 'questions',
      needs: listQuestionSets,
      load: () => import('./questions-page.vue'),
    },
    {
      path: '/screened-words',
      title: 'screenedWords',
      needs: listScreenedWords,
      load: () => import('./screened-words-page.vue'),
    },
  ],
};
