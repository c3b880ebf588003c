import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const deviceCookie = 'ddp_device';
const devicePattern = /^[0-9a-f-]{36}$/;
const yearSeconds = 365 * 24 * 3_600;

/** The session token a browser carries, under its name over https or http. */
export function readSessionToken(context: Context): string | undefined {
  return getCookie(context, 'ddp_session', 'host') ?? getCookie(context, 'ddp_session');
}

/** The mark of a browser without a session: keeps a guest's ratings to one a day, nothing else. */
export function readDevice(context: Context): string | null {
  const device = getCookie(context, deviceCookie);
  return device && devicePattern.test(device) ? device : null;
}

export function giveDevice(context: Context): string {
  const device = crypto.randomUUID();
  const secure = new URL(context.req.url).protocol === 'https:';
  setCookie(context, deviceCookie, device, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: yearSeconds,
    secure,
  });
  return device;
}
