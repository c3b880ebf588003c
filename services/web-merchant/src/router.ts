import { focusNewPages } from '@ddp/web-ui/page/focus-new-pages';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import CounterPage from './pages/counter-page.vue';

const routes: RouteRecordRaw[] = [
  { path: '/', component: CounterPage },
  { path: '/history', component: () => import('./pages/history-page.vue') },
  { path: '/stock', component: () => import('./pages/stock-page.vue') },
  { path: '/statements', component: () => import('./pages/statements-page.vue') },
  { path: '/statements/:id', component: () => import('./pages/statement-page.vue'), props: true },
  { path: '/disputes', component: () => import('./pages/disputes-page.vue') },
  { path: '/me', component: () => import('./pages/me-page.vue') },
  { path: '/me/look', component: () => import('@ddp/web-ui/phone/look-page.vue') },
  {
    path: '/sign-in',
    component: () => import('@ddp/web-ui/phone/sign-in-page.vue'),
    props: { role: 'merchant' },
  },
  { path: '/:rest(.*)*', component: () => import('@ddp/web-ui/phone/nowhere-page.vue') },
];

export const router = createRouter({
  history: createWebHistory('/shop/'),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

focusNewPages(router);
