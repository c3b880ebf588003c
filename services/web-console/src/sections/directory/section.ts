import { listCertificates } from '@ddp/contracts/directory/certificate-routes';
import { listGrids } from '@ddp/contracts/directory/grid-routes';
import { listPosts } from '@ddp/contracts/directory/post-routes';
import { listRelocations } from '@ddp/contracts/directory/relocation-routes';
import { listSubjects, listUnits, startProgramme } from '@ddp/contracts/directory/routes';
import { listStaff } from '@ddp/contracts/identity/people-routes';
import { OfficeBuilding } from '@element-plus/icons-vue';
import type { Section } from '../section.ts';

export const directory: Section = {
  name: 'directory',
  icon: OfficeBuilding,
  pages: [
    {
      path: '/subjects',
      title: 'subjects',
      needs: listSubjects,
      load: () => import('./subjects-page.vue'),
    },
    { path: '/units', title: 'units', needs: listUnits, load: () => import('./units-page.vue') },
    { path: '/areas', title: 'areas', needs: listUnits, load: () => import('./areas-page.vue') },
    {
      path: '/areas/:code/history',
      title: 'areaHistory',
      needs: listRelocations,
      below: '/areas',
      load: () => import('./area-history-page.vue'),
    },
    { path: '/grids', title: 'grids', needs: listGrids, load: () => import('./grids-page.vue') },
    {
      path: '/relocations',
      title: 'relocations',
      needs: listRelocations,
      load: () => import('./relocations-page.vue'),
    },
    {
      path: '/programmes',
      title: 'programmes',
      needs: startProgramme,
      load: () => import('./programmes-page.vue'),
    },
    { path: '/posts', title: 'posts', needs: listPosts, load: () => import('./posts-page.vue') },
    {
      path: '/subject-certificates',
      title: 'certificates',
      needs: listCertificates,
      load: () => import('./certificates-page.vue'),
    },
    { path: '/staff', title: 'staff', needs: listStaff, load: () => import('./staff-page.vue') },
  ],
};
