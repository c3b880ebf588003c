import { listActivities } from '@ddp/contracts/volunteering/activity-routes';
import { listCertificates } from '@ddp/contracts/volunteering/certificate-routes';
import { listHours, listReviews } from '@ddp/contracts/volunteering/hour-routes';
import { listOrders } from '@ddp/contracts/volunteering/order-routes';
import { listAreaProjects } from '@ddp/contracts/volunteering/project-routes';
import { listStars } from '@ddp/contracts/volunteering/star-routes';
import { readStatistic } from '@ddp/contracts/volunteering/statistic-routes';
import { createTeam, listMembers } from '@ddp/contracts/volunteering/team-routes';
import { createSkill, listVolunteers } from '@ddp/contracts/volunteering/volunteer-routes';
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
      path: '/teams',
      title: 'teamPages.teams',
      needs: listVolunteers,
      load: () => import('./teams-page.vue'),
    },
    {
      path: '/teams/:id',
      title: 'teamPages.one',
      needs: listMembers,
      below: '/teams',
      load: () => import('./team-page.vue'),
    },
    {
      path: '/volunteers',
      title: 'volunteers.name',
      needs: listVolunteers,
      load: () => import('./volunteers-page.vue'),
    },
    {
      path: '/skills',
      title: 'skills.name',
      needs: createSkill,
      load: () => import('./skills-page.vue'),
    },
    {
      path: '/projects',
      title: 'projects.name',
      needs: listAreaProjects,
      load: () => import('./projects-page.vue'),
    },
    {
      path: '/service-menu',
      title: 'menu.name',
      needs: listVolunteers,
      load: () => import('./menu-page.vue'),
    },
    {
      path: '/service-orders',
      title: 'orders.name',
      needs: listOrders,
      load: () => import('./orders-page.vue'),
    },
    {
      path: '/hours',
      title: 'hours',
      needs: listHours,
      load: () => import('./hours-page.vue'),
    },
    {
      path: '/reviews',
      title: 'reviews.name',
      needs: listReviews,
      load: () => import('./reviews-page.vue'),
    },
    {
      path: '/stars',
      title: 'stars.name',
      needs: listStars,
      load: () => import('./stars-page.vue'),
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
    {
      path: '/volunteering-rules',
      title: 'rules.name',
      needs: createTeam,
      load: () => import('./rules-page.vue'),
    },
  ],
};
