import { focusNewPages } from '@ddp/web-ui/page/focus-new-pages';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import type { DeskPage, Section } from './sections/section.ts';
import { sections } from './sections/sections.ts';

declare module 'vue-router' {
  interface RouteMeta {
    section?: Section;
    page?: DeskPage;
  }
}

const pages: RouteRecordRaw[] = sections.flatMap((section) =>
  section.pages.map((page) => ({
    path: page.path,
    component: page.load,
    props: true,
    meta: { section, page },
  })),
);

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./pages/home-page.vue') },
  { path: '/me', component: () => import('./pages/account-page.vue') },
  ...pages,
  { path: '/:rest(.*)*', component: () => import('./pages/nowhere-page.vue') },
];

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

focusNewPages(router);
