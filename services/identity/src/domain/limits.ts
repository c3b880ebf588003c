/** How often something may happen to one subject, counted in the database. */
export interface Limit {
  name: string;
  subject: string;
  windowSeconds: number;
  max: number;
}

export interface CodeLimits {
  waitSeconds: number;
  perPhoneDay: number;
  perPrefixHour: number;
  perDay: number;
}

const daySeconds = 86_400;

/** From the narrowest to the one of the whole install, which is therefore locked last. */
export function limitsOfCode(
  subjects: { phone: string; prefix: string },
  limits: CodeLimits,
): Limit[] {
  const { phone, prefix } = subjects;
  return [
    { name: 'code-wait', subject: phone, windowSeconds: limits.waitSeconds, max: 1 },
    { name: 'code-day', subject: phone, windowSeconds: daySeconds, max: limits.perPhoneDay },
    { name: 'code-prefix', subject: prefix, windowSeconds: 3_600, max: limits.perPrefixHour },
    { name: 'code-install', subject: 'all', windowSeconds: daySeconds, max: limits.perDay },
  ];
}

/** Five wrong passwords close a login for a quarter of an hour, also one that does not exist. */
export function limitOfPassword(subject: string): Limit {
  return { name: 'password', subject, windowSeconds: 900, max: 5 };
}

export const maxCodeTries = 5;
export const codeLifetimeSeconds = 300;

const sessionSeconds = { code: 30 * daySeconds, password: daySeconds / 2 };

/** Staff sign in by password for half a day; others by code for thirty days. */
export function sessionLifetimeSeconds(method: 'code' | 'password'): number {
  return sessionSeconds[method];
}
