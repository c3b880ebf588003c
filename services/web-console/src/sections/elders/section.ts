import { listResidentCards } from '@ddp/contracts/codes/resident-card-routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { Service } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const elders: Section = {
  name: 'elders',
  icon: Service,
  pages: [
    {
      path: '/counter',
      title: 'counter',
      needs: registerPerson,
      load: () => import('./counter-page.vue'),
    },
    {
      path: '/cards',
      title: 'cards',
      needs: listResidentCards,
      load: () => import('./cards-page.vue'),
    },
  ],
};
