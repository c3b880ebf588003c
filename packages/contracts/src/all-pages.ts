import type { PageDefinition } from './page.ts';
import { areaPages, scanPages } from './ratings/pages.ts';
import { certificatePages } from './volunteering/pages.ts';

/** Every page that the gateway passes by its own path. */
export const allPages: readonly PageDefinition[] = [scanPages, areaPages, certificatePages].flatMap(
  (pages) => Object.values<PageDefinition>(pages),
);
