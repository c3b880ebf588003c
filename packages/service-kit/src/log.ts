import pino from 'pino';

export type Log = pino.Logger;

const secretFields = ['phone', 'name', 'code', 'password', 'token', 'secret', 'cookie'];

/** JSON lines on standard output, with personal data and secrets struck out. */
export function createLog(level: string): Log {
  return pino({
    level,
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    base: null,
  });
}
