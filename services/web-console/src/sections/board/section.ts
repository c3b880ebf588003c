import { listEntries, listMyMessages } from '@ddp/contracts/notices/routes';
import { Bell } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const board: Section = {
  name: 'board',
  icon: Bell,
  pages: [
    {
      path: '/messages',
      title: 'messages',
      needs: listMyMessages,
      load: () => import('./messages-page.vue'),
    },
    {
      path: '/board',
      title: 'entries',
      needs: listEntries,
      load: () => import('./entries-page.vue'),
    },
    {
      path: '/board/:id',
      title: 'entry',
      needs: listEntries,
      below: '/board',
      load: () => import('./entry-page.vue'),
    },
  ],
};
