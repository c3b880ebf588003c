import type { Context } from 'hono';
import { generateCookie, getCookie } from 'hono/cookie';

const deviceCookie = 'ddp_device';
const devicePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** 256 bits in base64url, as identity draws them. */
const tokenPattern = /^[\w-]{43}$/;
const yearSeconds = 365 * 24 * 3_600;

/** The session token a browser carries, under its name over https or http, if it has the form. */
export function readSessionToken(context: Context): string | undefined {
  const token = getCookie(context, 'ddp_session', 'host') ?? getCookie(context, 'ddp_session');
  return token !== undefined && tokenPattern.test(token) ? token : undefined;
}

/** The mark of a browser: keeps a guest's ratings to one a day, and a clerk to the bound phone. */
export function readDevice(context: Context, isSecure: boolean): string | null {
  const device = isSecure
    ? getCookie(context, deviceCookie, 'host')
    : getCookie(context, deviceCookie);
  return device && devicePattern.test(device) ? device : null;
}

/** The Set-Cookie value that gives a browser its mark; `__Host-` over https, as for a session. */
export function writeDevice(device: string, isSecure: boolean): string {
  return generateCookie(deviceCookie, device, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: yearSeconds,
    secure: isSecure,
    ...(isSecure ? { prefix: 'host' } : {}),
  });
}
