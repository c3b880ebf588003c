import { runCommand } from '@ddp/db-kit/command';
import { openDatabase } from '@ddp/db-kit/database';
import { classifyDatabaseError, UnknownOutcomeError } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { handleOnce } from '@ddp/queue-kit/inbox';
import { queueMigrations } from '@ddp/queue-kit/queue-tables';
import { type Cut, openTcpProxy, type TcpProxy } from '@ddp/testing/tcp-proxy';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEffect, commitPacket, countEffects, openStore, run, storeOn } from './store-fixture.ts';

/** A COMMIT is 4 bytes of header, 1 of kind and the word; its answer is at least 11 bytes. */
const commitBytes = 11;
const offsets = Array.from({ length: commitBytes + 1 }, (_, index) => index);

/** Every place around a COMMIT where the connection may end, and the write just before it. */
const cuts: Cut[] = [
  ...offsets.map((afterBytes): Cut => ({ side: 'client', from: commitPacket, afterBytes })),
  ...offsets.map((afterBytes): Cut => ({ side: 'server', from: commitPacket, afterBytes })),
  ...[0, 5, 20, 60, 150].flatMap((lateMs): Cut[] => [
    { side: 'client', from: commitPacket, afterBytes: commitBytes, lateMs },
    { side: 'client', from: commitPacket, afterBytes: commitBytes - 1, lateMs },
  ]),
  ...offsets.map((afterBytes): Cut => ({ side: 'client', from: /UPDATE/, afterBytes })),
  ...offsets.map((afterBytes): Cut => ({ side: 'server', from: /UPDATE/, afterBytes })),
];

let direct: Kysely<object>;
let behindProxy: Kysely<object>;
let proxy: TcpProxy;

beforeAll(async () => {
  const opened = await openStore();
  direct = opened.db;
  proxy = await openTcpProxy(opened.url);
  behindProxy = openDatabase<object>({ url: proxy.url, poolSize: 2 });
});

afterAll(async () => {
  await Promise.all([direct.destroy(), behindProxy.destroy()]);
  await proxy.close();
});

const commandOf = (name: string) => ({ actor: 'job', key: newId(), name, input: { name } });

describe('a command whose connection is cut around its COMMIT', () => {
  it(`has one effect and the right answer, wherever the cut is (${cuts.length} cuts)`, async () => {
    const store = storeOn(behindProxy);
    for (const [index, cut] of cuts.entries()) {
      const command = commandOf(`cut ${index}`);
      const cutsBefore = proxy.cuts();
      proxy.cutOnce(cut);
      const answer = await runCommand(store, command, (tx) => addEffect(tx, command.name));
      const rows = await run(direct, 'SELECT id FROM kit_effect WHERE did = ?', command.name);
      expect({ cut, rows }).toEqual({ cut, rows: [{ id: answer.effect }] });
      expect(proxy.cuts()).toBe(cutsBefore + 1);
      const again = await runCommand(storeOn(direct), command, () => {
        throw new Error('a repeat runs nothing');
      });
      expect(again).toEqual(answer);
    }
  });

  it('has one effect also when twenty such commands wait for one key', async () => {
    const command = commandOf('twenty');
    proxy.cutOnce({ side: 'server', from: commitPacket, afterBytes: 0 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        runCommand(storeOn(behindProxy), command, (tx) => addEffect(tx, command.name)),
      ),
    );
    expect(new Set(answers.map(({ effect }) => effect)).size).toBe(1);
    expect(await countEffects(direct, command.name)).toBe(1);
  });

  it('ends in an error when every try is cut, and the same key still tells the truth later', async () => {
    const command = commandOf('always cut');
    const error = await runCommand(storeOn(behindProxy), command, (tx) => {
      proxy.cutOnce({ side: 'server', from: /UPDATE/, afterBytes: 0 });
      return addEffect(tx, command.name);
    }).catch((fault: unknown) => fault);
    expect(classifyDatabaseError(error)).toBe('connection-lost');
    expect(await countEffects(direct, command.name)).toBe(0);
    const answer = await runCommand(storeOn(behindProxy), command, (tx) =>
      addEffect(tx, command.name),
    );
    expect(await run(direct, 'SELECT id FROM kit_effect WHERE did = ?', command.name)).toEqual([
      { id: answer.effect },
    ]);
  });
});

it('a delivery whose COMMIT is cut has its effect once, at the first try', async () => {
  const store = storeOn(behindProxy);
  for (const { up } of Object.values(queueMigrations('kit'))) await up(direct);
  for (const side of ['client', 'server'] as const) {
    const delivery = {
      eventId: newId(),
      eventName: 'ratings.rating-submitted',
      producer: 'ratings',
      payload: {},
      requestId: 'request-1',
    };
    proxy.cutOnce({ side, from: commitPacket, afterBytes: side === 'client' ? commitBytes : 0 });
    await handleOnce(store, delivery, async (tx) => {
      await addEffect(tx, delivery.eventId);
    });
    expect(await countEffects(direct, delivery.eventId)).toBe(1);
  }
});

describe('a transaction without a row that decides a repeat', () => {
  it('is not tried again after a COMMIT of unknown outcome', async () => {
    let tries = 0;
    proxy.cutOnce({ side: 'server', from: commitPacket, afterBytes: 0 });
    const unknown = transact(behindProxy, (tx) => {
      tries += 1;
      return addEffect(tx, 'not repeatable');
    });
    await expect(unknown).rejects.toThrow(UnknownOutcomeError);
    expect(tries).toBe(1);
    expect(await countEffects(direct, 'not repeatable')).toBe(1);
  });

  it('is tried again when the connection was lost before the COMMIT', async () => {
    let tries = 0;
    proxy.cutOnce({ side: 'client', from: /INSERT/, afterBytes: 3 });
    await transact(behindProxy, (tx) => {
      tries += 1;
      return addEffect(tx, 'before the commit');
    });
    expect(tries).toBe(2);
    expect(await countEffects(direct, 'before the commit')).toBe(1);
  });
});
