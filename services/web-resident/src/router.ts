import { focusNewPages } from '@ddp/web-ui/page/focus-new-pages';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import HomePage from './pages/home-page.vue';

const routes: RouteRecordRaw[] = [
  { path: '/', component: HomePage },
  { path: '/rate', component: () => import('./pages/rate-page.vue') },
  { path: '/ratings', component: () => import('./pages/ratings-page.vue') },
  { path: '/points', component: () => import('./pages/points-page.vue') },
  { path: '/points/reversals', component: () => import('./pages/reversals-page.vue') },
  { path: '/benefits', component: () => import('./pages/benefits-page.vue') },
  { path: '/benefits/:id', component: () => import('./pages/benefit-page.vue'), props: true },
  { path: '/redemptions', component: () => import('./pages/redemptions-page.vue') },
  { path: '/redemptions/:id', component: () => import('./pages/redemption-page.vue'), props: true },
  { path: '/vouchers/:id', component: () => import('./pages/voucher-page.vue'), props: true },
  { path: '/gifts', component: () => import('./pages/gifts-page.vue') },
  { path: '/waiting', component: () => import('./pages/waiting-page.vue') },
  { path: '/draws', component: () => import('./pages/draws-page.vue') },
  { path: '/draws/:id', component: () => import('./pages/draw-page.vue'), props: true },
  { path: '/volunteering', component: () => import('./pages/volunteering-page.vue') },
  { path: '/volunteering/mine', component: () => import('./pages/my-shifts-page.vue') },
  { path: '/volunteering/code', component: () => import('./pages/volunteer-page.vue') },
  { path: '/volunteering/hours', component: () => import('./pages/hours-page.vue') },
  { path: '/volunteering/stars', component: () => import('./pages/stars-page.vue') },
  { path: '/volunteering/certificates', component: () => import('./pages/certificates-page.vue') },
  { path: '/volunteering/teams', component: () => import('./pages/teams-page.vue') },
  {
    path: '/volunteering/substitutions',
    component: () => import('./pages/substitutions-page.vue'),
  },
  { path: '/volunteering/services', component: () => import('./pages/serving-page.vue') },
  { path: '/services', component: () => import('./pages/services-page.vue') },
  { path: '/my-work', component: () => import('./pages/work-page.vue') },
  { path: '/my-work/appeals', component: () => import('./pages/appeals-page.vue') },
  { path: '/my-work/subjects/:id', component: () => import('./pages/rated-page.vue'), props: true },
  { path: '/my-work/teams/:id', component: () => import('./pages/led-team-page.vue'), props: true },
  {
    path: '/my-work/activities/:activityId/shifts/:id',
    component: () => import('./pages/led-shift-page.vue'),
    props: true,
  },
  { path: '/messages', component: () => import('./pages/messages-page.vue') },
  { path: '/me', component: () => import('./pages/me-page.vue') },
  { path: '/me/look', component: () => import('@ddp/web-ui/phone/look-page.vue') },
  { path: '/me/data', component: () => import('./pages/data-page.vue') },
  { path: '/sign-in', component: () => import('@ddp/web-ui/phone/sign-in-page.vue') },
  { path: '/:rest(.*)*', component: () => import('@ddp/web-ui/phone/nowhere-page.vue') },
];

export const router = createRouter({
  history: createWebHistory('/app/'),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

focusNewPages(router);
