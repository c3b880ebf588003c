import pino, { type DestinationStream } from 'pino';

export type Log = pino.Logger;

const secretFields = ['phone', 'name', 'code', 'password', 'token', 'secret', 'cookie'];

interface LoggedError {
  type: string;
  message: string;
  /** The driver's or the system's own code; `code` itself is a secret of people. */
  errorCode?: unknown;
  errno?: unknown;
  phase?: unknown;
  stack?: string | undefined;
  cause?: LoggedError;
}

/** What a log may say of an error: nothing that a driver hung on to it, such as a statement's text. */
function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause } = error;
  const { code, errno, phase } = error as { code?: unknown; errno?: unknown; phase?: unknown };
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { errorCode: code }),
    ...(errno === undefined ? {} : { errno }),
    ...(phase === undefined ? {} : { phase }),
    stack,
    ...(cause === undefined || depth > 2 ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

/** JSON lines on standard output, with personal data and secrets struck out. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: (error: unknown) => describeError(error) },
    timestamp: pino.stdTimeFunctions.isoTime,
    base: null,
  };
  return destination ? pino(options, destination) : pino(options);
}
