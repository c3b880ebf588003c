import { openDatabase } from '@ddp/db-kit/database';
import { transact } from '@ddp/db-kit/transact';
import { eventually } from '@ddp/testing/module-harness';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addEffect,
  countEffects,
  openAdmin,
  openStore,
  readConnectionId,
  run,
} from './store-fixture.ts';

let admin: Kysely<object>;
let db: Kysely<object>;
let url: string;

beforeAll(async () => {
  admin = openAdmin();
  ({ db, url } = await openStore({ poolSize: 4 }));
  await run(db, 'CREATE TABLE kit_account (id INT PRIMARY KEY, balance INT NOT NULL)');
  await run(db, 'INSERT INTO kit_account VALUES (1, 1000), (2, 1000), (3, 0)');
});

afterAll(() => Promise.all([admin.destroy(), db.destroy()]));

interface Tries {
  connections: number[];
  error: unknown;
}

/** A body that does one thing and meets a server error after it, on the first try only. */
async function meetOnce(errno: number, did: string): Promise<Tries> {
  const connections: number[] = [];
  const error = await transact(db, async (tx) => {
    connections.push(await readConnectionId(tx));
    await addEffect(tx, did);
    if (connections.length > 1) return;
    await run(tx, `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'planted'`);
  }).catch((fault: unknown) => fault);
  return { connections, error };
}

describe('an error of the server in the body', () => {
  it.each([1213, 1205, 1020, 9007, 8028])(
    '%i: the transaction is tried again whole',
    async (errno) => {
      const { connections, error } = await meetOnce(errno, `retry ${errno}`);
      expect([connections.length, error]).toEqual([2, undefined]);
      expect(await countEffects(db, `retry ${errno}`)).toBe(1);
    },
  );

  it.each([1047, 1290, 1792, 1836, 2006, 2013, 1053, 1317])(
    '%i: it is tried again on another connection',
    async (errno) => {
      const { connections, error } = await meetOnce(errno, `elsewhere ${errno}`);
      expect([connections.length, error]).toEqual([2, undefined]);
      expect(new Set(connections).size).toBe(2);
      expect(await countEffects(db, `elsewhere ${errno}`)).toBe(1);
    },
  );

  it.each([3572, 1062, 1064, 1146, 1406, 1264, 3819, 4025])(
    '%i: it is rolled back and told, not tried again',
    async (errno) => {
      const { connections, error } = await meetOnce(errno, `told ${errno}`);
      expect(connections).toHaveLength(1);
      expect(error).toMatchObject({ errno, message: 'planted' });
      expect(await countEffects(db, `told ${errno}`)).toBe(0);
    },
  );
});

describe('transact', () => {
  it('tries again after its connection was killed between two statements', async () => {
    let tries = 0;
    await transact(db, async (tx) => {
      tries += 1;
      await addEffect(tx, 'killed between');
      if (tries > 1) return;
      const id = await readConnectionId(tx);
      await run(admin, `KILL ${id}`);
      const ofKilled = 'SELECT id FROM information_schema.processlist WHERE id = ?';
      await eventually(async () => (await run(admin, ofKilled, id)).length === 0);
      await run(admin, 'SELECT SLEEP(0.02)');
    });
    expect(tries).toBe(2);
    expect(await countEffects(db, 'killed between')).toBe(1);
  });

  it('keeps nothing of a try that waited for a lock in vain', async () => {
    let tries = 0;
    let release: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => {
      release = resolve;
    });
    let locked: () => void = () => undefined;
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const holder = db.transaction().execute(async (tx) => {
      await run(tx, 'UPDATE kit_account SET balance = balance + 1 WHERE id = 3');
      locked();
      await holding;
    });
    await isLocked;
    await transact(db, async (tx) => {
      tries += 1;
      if (tries > 1) {
        release();
        await holder;
      }
      await run(tx, 'SET SESSION innodb_lock_wait_timeout = 1');
      await addEffect(tx, 'lock wait');
      await run(tx, 'UPDATE kit_account SET balance = balance + 1 WHERE id = 3');
    });
    expect(tries).toBe(2);
    expect(await countEffects(db, 'lock wait')).toBe(1);
    expect(await run(db, 'SELECT balance FROM kit_account WHERE id = 3')).toEqual([{ balance: 2 }]);
  });

  it('gives up after its tries and tells the error it met', async () => {
    let tries = 0;
    const failing = transact(
      db,
      async (tx) => {
        tries += 1;
        await run(tx, `SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213`);
      },
      { attempts: 3 },
    );
    await expect(failing).rejects.toMatchObject({ errno: 1213 });
    expect(tries).toBe(3);
  });
});

describe('a storm of transfers both ways between two accounts', () => {
  it('shows nobody a deadlock and loses no point', async () => {
    const pool = openDatabase<object>({ url, poolSize: 32 });
    let tries = 0;
    const transfer = (from = 1, to = 2) =>
      transact(pool, async (tx) => {
        tries += 1;
        await run(tx, 'UPDATE kit_account SET balance = balance - 1 WHERE id = ?', from);
        await run(tx, 'UPDATE kit_account SET balance = balance + 1 WHERE id = ?', to);
      });
    const settled = await Promise.allSettled(
      Array.from({ length: 32 }, async (_, client) => {
        const [from, to] = client % 2 === 0 ? [1, 2] : [2, 1];
        for (let n = 0; n < 20; n += 1) await transfer(from, to);
      }),
    );
    await pool.destroy();
    expect(settled.filter((one) => one.status === 'rejected')).toEqual([]);
    expect(tries).toBeGreaterThan(32 * 20);
    expect(await run(db, 'SELECT balance FROM kit_account WHERE id < 3')).toEqual([
      { balance: 1000 },
      { balance: 1000 },
    ]);
  });
});
