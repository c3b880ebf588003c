/** Where in a transaction a database error was met. */
export type TransactionPhase = 'acquire' | 'begin' | 'body' | 'commit' | 'rollback';

/** What a caller may do about a database error. */
export type DatabaseErrorClass =
  | 'retry-transaction'
  | 'connection-lost'
  | 'not-ready'
  | 'busy'
  | 'duplicate'
  | 'permanent';

const transactionGone = new Set([1213, 1205, 1020, 9007, 8028]);
const connectionLost = new Set([2006, 2013, 1053, 1317, 1927, 4031]);
const nodeNotReady = new Set([1047, 1290, 1792, 1836, 1040]);
const lockedNow = 3572;
const lostCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ER_SERVER_SHUTDOWN',
]);

interface DriverError extends Error {
  errno?: number;
  code?: string;
  phase?: TransactionPhase;
}

/** The pool had no free connection within its deadline, or its waiting line was full. */
export class PoolBusyError extends Error {
  override name = 'PoolBusyError';
}

/** COMMIT was sent and its answer never came: the transaction may or may not have happened. */
export class UnknownOutcomeError extends Error {
  override name = 'UnknownOutcomeError';
}

export function isDriverError(error: unknown): error is DriverError {
  return error instanceof Error && ('errno' in error || 'code' in error);
}

/** Marks an error with the phase it was met in; the first mark stays. */
export function tagPhase(error: unknown, phase: TransactionPhase): unknown {
  if (error instanceof Error && !('phase' in error)) Object.assign(error, { phase });
  return error;
}

export function phaseOf(error: unknown): TransactionPhase | undefined {
  return error instanceof Error ? (error as DriverError).phase : undefined;
}

/**
 * Sorts an error of the driver into what may be done about it. Codes from MySQL 8.4 and 9,
 * MariaDB 10.11 to 11.8, Galera and TiDB.
 */
export function classifyDatabaseError(error: unknown): DatabaseErrorClass {
  if (error instanceof PoolBusyError) return 'busy';
  if (isClosed(error)) return 'connection-lost';
  if (!isDriverError(error)) return 'permanent';
  const { errno = 0, code = '', message } = error;
  if (errno === 1062) return 'duplicate';
  if (errno === lockedNow) return 'busy';
  if (transactionGone.has(errno)) return 'retry-transaction';
  if (errno === 1105 && message.includes('Information schema is changed')) {
    return 'retry-transaction';
  }
  if (nodeNotReady.has(errno)) return 'not-ready';
  if (connectionLost.has(errno) || lostCodes.has(code)) return 'connection-lost';
  return 'permanent';
}

/**
 * What is said of a connection or a pool that ended before the statement could leave: it has no
 * code, and the statement certainly had no effect.
 */
export function isClosed(error: unknown): boolean {
  const said = /closed state|^Pool is closed|^driver has already been destroyed/;
  return error instanceof Error && said.test(error.message);
}

export function isDuplicate(error: unknown): boolean {
  return classifyDatabaseError(error) === 'duplicate';
}

/** True when the database, not the request, is at fault, so that the same work may be tried later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof UnknownOutcomeError) return true;
  const sort = classifyDatabaseError(error);
  return sort !== 'permanent' && sort !== 'duplicate';
}
