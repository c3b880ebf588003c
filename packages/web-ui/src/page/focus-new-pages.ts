import type { Router } from 'vue-router';

/** Puts the focus on the heading of each new page, so that a reader of screens hears where it begins. */
export function focusNewPages(router: Router): void {
  router.afterEach((_to, from) => {
    if (from.matched.length === 0) return;
    setTimeout(() => document.getElementById('page-title')?.focus({ preventScroll: true }));
  });
}
