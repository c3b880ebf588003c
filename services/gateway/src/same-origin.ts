/**
 * Whether a request that changes something comes from our own pages or from no browser at all. A
 * request with a session must say where it comes from.
 */
export function isSameOrigin(headers: Headers, host: string, hasSession: boolean): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (origin === null) return !hasSession || site !== null;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
