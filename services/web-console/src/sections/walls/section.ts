import { setAreaMap } from '@ddp/contracts/directory/area-map-routes';
import { listKiosks } from '@ddp/contracts/identity/kiosk-routes';
import { Monitor } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const walls: Section = {
  name: 'walls',
  icon: Monitor,
  pages: [
    { path: '/walls', title: 'screens', needs: listKiosks, load: () => import('./walls-page.vue') },
    { path: '/maps', title: 'maps', needs: setAreaMap, load: () => import('./maps-page.vue') },
  ],
};
