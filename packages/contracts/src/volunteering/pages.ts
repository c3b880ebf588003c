import type { PageDefinition } from '../page.ts';
import { maxPictureBytes } from '../pictures.ts';

/** A photo of a certificate, the file itself being much smaller. */
export const maxCheckBytes = maxPictureBytes + 64 * 1024;

const of = { service: 'volunteering', permission: 'public' } as const;

/**
 * Where anybody checks a certificate: by its number or its file, or opened by its symbol. `{token}` is
 * the token of the certificate.
 */
export const certificatePages = {
  ask: { ...of, method: 'GET', path: '/c' },
  check: { ...of, method: 'POST', path: '/c', bodyLimitBytes: maxCheckBytes },
  show: { ...of, method: 'GET', path: '/c/{token}' },
  compare: { ...of, method: 'POST', path: '/c/{token}', bodyLimitBytes: maxCheckBytes },
} as const satisfies Record<string, PageDefinition>;
