import { type DatabaseOptions, openDatabase } from '@ddp/db-kit/database';
import { classifyDatabaseError, PoolBusyError, phaseOf } from '@ddp/db-kit/errors';
import { eventually } from '@ddp/testing/module-harness';
import { openTcpProxy, type TcpProxy } from '@ddp/testing/tcp-proxy';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addEffect,
  commitPacket,
  countEffects,
  openAdmin,
  openStore,
  readConnectionId,
  run,
} from './store-fixture.ts';

let admin: Kysely<object>;
let direct: Kysely<object>;
let url: string;
let proxy: TcpProxy;

beforeAll(async () => {
  admin = openAdmin();
  ({ db: direct, url } = await openStore({ poolSize: 1 }));
  proxy = await openTcpProxy(url);
});

afterAll(async () => {
  await Promise.all([admin.destroy(), direct.destroy()]);
  await proxy.close();
});

/** A pool of one connection, so that the next user gets what the one before left. */
async function withPool(
  options: DatabaseOptions,
  use: (db: Kysely<object>) => Promise<void>,
): Promise<void> {
  const db = openDatabase<object>({ poolSize: 1, ...options });
  try {
    await use(db);
  } finally {
    await db.destroy();
  }
}

async function isConnected(connectionId: number): Promise<boolean> {
  const all = 'SELECT id FROM information_schema.processlist WHERE id = ?';
  return (await run(admin, all, connectionId)).length > 0;
}

/** Fails while a transaction is open in the session: its characteristics cannot be changed then. */
async function seeNoTransaction(db: Kysely<object>): Promise<void> {
  await run(db, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
}

describe('a session', () => {
  it('is READ COMMITTED, strict, in UTC and waits briefly for locks, on the first use of a connection and on the second', () =>
    withPool({ url }, async (db) => {
      for (let use = 1; use <= 2; use += 1) {
        const [session] = await run(
          db,
          `SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`,
        );
        const [modes] = await run(
          db,
          `SELECT @@sql_mode AS mode, @@time_zone AS zone, @@innodb_lock_wait_timeout AS wait`,
        );
        expect(session?.Value).toBe('READ-COMMITTED');
        expect(modes).toMatchObject({ zone: '+00:00', wait: 5 });
        expect(modes?.mode).toContain('STRICT_TRANS_TABLES');
      }
    }));

  it('keeps whole numbers beyond 2^53 exact and safe ones as numbers', () =>
    withPool({ url }, async (db) => {
      const [row] = await run(
        db,
        'SELECT CAST(? AS SIGNED) AS large, 7 AS small',
        '9007199254740993',
      );
      expect(row).toEqual({ large: '9007199254740993', small: 7 });
    }));
});

describe('a transaction that fails', () => {
  it('ends with its own error, not with that of the ROLLBACK that failed after it', () =>
    withPool({ url: proxy.url }, async (db) => {
      const cutsBefore = proxy.cuts();
      const failing = db.transaction().execute(async (tx) => {
        await addEffect(tx, 'rolled back');
        proxy.cutOnce({ side: 'client', from: /ROLLBACK/, afterBytes: 0 });
        throw new Error('the body refused');
      });
      await expect(failing).rejects.toThrow('the body refused');
      expect(proxy.cuts()).toBe(cutsBefore + 1);
      expect(await countEffects(db, 'rolled back')).toBe(0);
    }));

  it('tells in which phase the error was met', () =>
    withPool({ url: proxy.url }, async (db) => {
      const phases: unknown[] = [];
      for (const from of [/SET SESSION/, /START TRANSACTION/, /INSERT/, commitPacket]) {
        proxy.cutOnce({ side: 'server', from, afterBytes: 0 });
        const error = await db
          .transaction()
          .execute((tx) => addEffect(tx, 'phases'))
          .catch((fault: unknown) => fault);
        expect(classifyDatabaseError(error)).toBe('connection-lost');
        phases.push(phaseOf(error));
      }
      expect(phases).toEqual(['acquire', 'begin', 'body', 'commit']);
    }));

  it('leaves no open transaction behind a statement that took too long', () =>
    withPool({ url, queryTimeoutMs: 200 }, async (db) => {
      let slow = 0;
      const failing = db.transaction().execute(async (tx) => {
        await addEffect(tx, 'too slow');
        slow = await readConnectionId(tx);
        await run(tx, 'SELECT SLEEP(1)');
      });
      const error = await failing.catch((fault: unknown) => fault);
      expect(classifyDatabaseError(error)).toBe('connection-lost');
      expect(await readConnectionId(db)).not.toBe(slow);
      await seeNoTransaction(db);
      await eventually(async () => !(await isConnected(slow)));
      expect(await countEffects(direct, 'too slow')).toBe(0);
    }));

  it('ends at the server too where its client has given it up', () =>
    withPool({ url, queryTimeoutMs: 200 }, async (db) => {
      const slow = await readConnectionId(db);
      // Half an hour of work that does not look at its connection.
      const work = run(db, `SELECT BENCHMARK(2000000000, SHA2('a', 512))`);
      await expect(work).rejects.toMatchObject({ code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
      await eventually(async () => !(await isConnected(slow)));
    }));

  it('leaves no open transaction to the next user of a pool whose connection died in it', () =>
    withPool({ url }, async (db) => {
      let killed = 0;
      const failing = db.transaction().execute(async (tx) => {
        await addEffect(tx, 'killed');
        killed = await readConnectionId(tx);
        await expect(seeNoTransaction(tx)).rejects.toMatchObject({ errno: 1568 });
        await run(admin, `KILL ${killed}`);
        throw new Error('the body refused');
      });
      await expect(failing).rejects.toThrow('the body refused');
      expect(await readConnectionId(db)).not.toBe(killed);
      await seeNoTransaction(db);
      await addEffect(db, 'next');
      expect([await countEffects(direct, 'killed'), await countEffects(direct, 'next')]).toEqual([
        0, 1,
      ]);
    }));
});

describe('a full pool', () => {
  const options = () => ({ url, poolSize: 2, queueLimit: 10, acquireTimeoutMs: 300 });

  it('lets a bounded line wait, refuses the rest, and serves again afterwards', () =>
    withPool(options(), async (db) => {
      await Promise.all([run(db, 'SELECT 1'), run(db, 'SELECT 1')]);
      const settled = await Promise.allSettled(
        Array.from({ length: 60 }, () => run(db, 'SELECT SLEEP(0.5)')),
      );
      const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused.every((reason) => reason instanceof PoolBusyError)).toBe(true);
      const atOnce = refused.filter((reason) => reason.message.includes('too many requests wait'));
      const late = refused.filter((reason) => reason.message.includes('became free in time'));
      expect([atOnce.length, late.length, settled.length - refused.length]).toEqual([48, 10, 2]);
      for (let n = 0; n < 20; n += 1) expect(await run(db, 'SELECT 1 AS one')).toHaveLength(1);
      const schema = new URL(url).pathname.slice(1);
      const mine = await readConnectionId(direct);
      await eventually(async () => {
        const open = await run(
          admin,
          'SELECT id FROM information_schema.processlist WHERE db = ? AND id <> ?',
          schema,
          mine,
        );
        return open.length <= 2;
      });
    }));

  it('gives those who wait a new connection when all its connections die', () =>
    withPool({ ...options(), acquireTimeoutMs: 10_000 }, async (db) => {
      const ids = await Promise.all(
        [1, 2].map(() => run(db, 'SELECT CONNECTION_ID() AS id, SLEEP(0.1)')),
      );
      const sleeping = [1, 2].map(() => run(db, 'SELECT SLEEP(20)'));
      const lost = Promise.allSettled(sleeping);
      const waiting = [1, 2, 3].map(() => run(db, 'SELECT 1 AS one'));
      for (const [row] of ids) await run(admin, `KILL ${Number(row?.id)}`);
      expect((await lost).map((one) => one.status)).toEqual(['rejected', 'rejected']);
      expect(await Promise.all(waiting)).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
    }));
});
