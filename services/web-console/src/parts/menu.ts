import { computed } from 'vue';
import { sections } from '../sections/sections.ts';
import { can } from './can.ts';

/** The sections with the pages that whoever is signed in may open from the menu. */
export const menu = computed(() =>
  sections
    .map((section) => ({
      section,
      pages: section.pages.filter((page) => page.below === undefined && can(page.needs)),
    }))
    .filter(({ pages }) => pages.length > 0),
);
