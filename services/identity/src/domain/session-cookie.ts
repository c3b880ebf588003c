/**
 * The Set-Cookie value of a session. Over https the name carries `__Host-`, so that no other host
 * and no plain connection can set it (RFC 6265bis §4.1.3.2).
 */
export function sessionCookie(token: string, maxAgeSeconds: number, isSecure: boolean): string {
  const name = isSecure ? '__Host-ddp_session' : 'ddp_session';
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
