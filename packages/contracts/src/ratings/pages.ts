import type { PageDefinition } from '../page.ts';
import { maxPictureBytes } from '../pictures.ts';
import { mostPhotos } from './photo-schemas.ts';

/** Three photos and what is typed. */
export const maxFormBytes = mostPhotos * maxPictureBytes + 64 * 1024;

const of = { service: 'ratings', permission: 'public' } as const;

/** How an area is rated, for anybody to read. `{code}` is the code of a division. */
export const areaPages = {
  show: { ...of, method: 'GET', path: '/a/{code}' },
} as const satisfies Record<string, PageDefinition>;

/** What a scanned code opens. `{token}` is the token of the code. */
export const scanPages = {
  show: { ...of, method: 'GET', path: '/e/{token}' },
  rate: { ...of, method: 'POST', path: '/e/{token}', bodyLimitBytes: maxFormBytes },
  thanks: { ...of, method: 'GET', path: '/e/{token}/thanks' },
  askReport: { ...of, method: 'GET', path: '/e/{token}/report' },
  report: { ...of, method: 'POST', path: '/e/{token}/report' },
} as const satisfies Record<string, PageDefinition>;
