import type { Permission } from '../permission.ts';
import { maxPictureBytes } from '../pictures.ts';
import { mostPhotos } from './photo-schemas.ts';

/** A page rendered on the server: HTML in, HTML out, reached through the gateway by its own path. */
export interface PageDefinition {
  method: 'GET' | 'POST';
  path: string;
  permission: Permission;
  /** Where more than a usual form may come. */
  bodyLimitBytes?: number;
}

/** Three photos and what is typed. */
export const maxFormBytes = mostPhotos * maxPictureBytes + 64 * 1024;

const permission = 'public';

/** How an area is rated, for anybody to read. `{code}` is the code of a division. */
export const areaPages = {
  show: { method: 'GET', path: '/a/{code}', permission },
} as const satisfies Record<string, PageDefinition>;

/** What a scanned code opens. `{token}` is the token of the code. */
export const scanPages = {
  show: { method: 'GET', path: '/e/{token}', permission },
  rate: { method: 'POST', path: '/e/{token}', permission, bodyLimitBytes: maxFormBytes },
  thanks: { method: 'GET', path: '/e/{token}/thanks', permission },
  askReport: { method: 'GET', path: '/e/{token}/report', permission },
  report: { method: 'POST', path: '/e/{token}/report', permission },
} as const satisfies Record<string, PageDefinition>;
