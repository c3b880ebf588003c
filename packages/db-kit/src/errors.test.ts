import { describe, expect, it } from 'vitest';
import {
  classifyDatabaseError,
  type DatabaseErrorClass,
  isDatabaseUnavailable,
  isDuplicate,
  PoolBusyError,
  phaseOf,
  tagPhase,
  UnknownOutcomeError,
} from './errors.ts';

function driverError(
  fields: { errno?: number; code?: string },
  message = 'from the server',
): Error {
  return Object.assign(new Error(message), fields);
}

const byErrno: [DatabaseErrorClass, string, number[]][] = [
  ['retry-transaction', 'deadlock, Galera certification', [1213]],
  ['retry-transaction', 'lock wait', [1205]],
  ['retry-transaction', 'record changed since the snapshot (MariaDB)', [1020]],
  ['retry-transaction', 'write conflict and changed schema (TiDB)', [9007, 8028]],
  ['busy', 'NOWAIT met a lock (MySQL, TiDB)', [3572]],
  ['duplicate', 'duplicate key', [1062]],
  ['not-ready', 'WSREP has not yet prepared the node', [1047]],
  ['not-ready', 'read-only after a failover', [1290, 1792, 1836]],
  ['not-ready', 'too many connections', [1040]],
  ['connection-lost', 'server gone, lost, shutting down, interrupted', [2006, 2013, 1053, 1317]],
  ['connection-lost', 'connection killed, idle too long', [1927, 4031]],
  ['permanent', 'syntax, no table, too long, out of range', [1064, 1146, 1406, 1264]],
  ['permanent', 'check failed (MySQL, MariaDB)', [3819, 4025]],
];

const byCode: [DatabaseErrorClass, string[]][] = [
  ['connection-lost', ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE']],
  ['connection-lost', ['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'PROTOCOL_SEQUENCE_TIMEOUT']],
  ['permanent', ['ER_PARSE_ERROR', 'ENOENT']],
];

describe('the classifier', () => {
  it.each(
    byErrno.flatMap(([sort, name, errnos]) => errnos.map((errno) => ({ errno, name, sort }))),
  )('takes $errno ($name) for $sort', ({ errno, sort }) => {
    expect(classifyDatabaseError(driverError({ errno }))).toBe(sort);
  });

  it.each(byCode.flatMap(([sort, codes]) => codes.map((code) => ({ code, sort }))))(
    'takes $code for $sort',
    ({ code, sort }) => {
      expect(classifyDatabaseError(driverError({ code }))).toBe(sort);
    },
  );

  it('retries 1105 only when the schema changed', () => {
    const changed = 'Information schema is changed during the execution';
    expect(classifyDatabaseError(driverError({ errno: 1105 }, changed))).toBe('retry-transaction');
    expect(classifyDatabaseError(driverError({ errno: 1105 }))).toBe('permanent');
  });

  it('knows a connection that the driver had closed, though that error has no code', () => {
    const closed = new Error("Can't add new command when connection is in closed state");
    expect(classifyDatabaseError(closed)).toBe('connection-lost');
    expect(classifyDatabaseError(new Error('Pool is closed.'))).toBe('connection-lost');
  });

  it('takes a full pool for busy and every other thing for permanent', () => {
    expect(classifyDatabaseError(new PoolBusyError('full'))).toBe('busy');
    for (const thing of [new TypeError('no'), 'text', null, undefined, { errno: 1213 }]) {
      expect(classifyDatabaseError(thing)).toBe('permanent');
    }
  });
});

describe('what follows from the class', () => {
  it('only 1062 is a duplicate', () => {
    expect(isDuplicate(driverError({ errno: 1062 }))).toBe(true);
    expect(isDuplicate(driverError({ errno: 1213 }))).toBe(false);
  });

  it('a fault of the database may pass, a fault of the request does not', () => {
    for (const errno of [1213, 1205, 1047, 2006]) {
      expect(isDatabaseUnavailable(driverError({ errno }))).toBe(true);
    }
    expect(isDatabaseUnavailable(new PoolBusyError('full'))).toBe(true);
    expect(isDatabaseUnavailable(new UnknownOutcomeError('who knows'))).toBe(true);
    for (const error of [driverError({ errno: 1062 }), driverError({ errno: 1064 }), new Error()]) {
      expect(isDatabaseUnavailable(error)).toBe(false);
    }
  });

  it('the first mark of a phase stays, also on an error without a code', () => {
    const error = new Error('plain');
    expect(phaseOf(error)).toBeUndefined();
    tagPhase(tagPhase(error, 'commit'), 'body');
    expect(phaseOf(error)).toBe('commit');
    expect(tagPhase('text', 'body')).toBe('text');
  });
});
