/**
 * Whether a request that changes something comes from our own pages or from no browser at all. A
 * request with a session must say where it comes from.
 */
export function isSameOrigin(headers: Headers, host: string, hasSession: boolean): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  // Only a browser can set this header, and a page cannot talk it into another value.
  if (site === 'same-origin') return true;
  const origin = headers.get('origin');
  if (origin === null) return !hasSession || site === 'none';
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
