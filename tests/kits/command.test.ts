import { commonProblems, Problem } from '@ddp/contracts/problem';
import { type Command, KeyReusedError, runCommand, type ServiceStore } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEffect, countEffects, openStore, run } from './store-fixture.ts';

let db: Kysely<object>;
let store: ServiceStore<object>;

beforeAll(async () => {
  ({ db, store } = await openStore());
});
afterAll(() => db.destroy());

const actor = 'person:one';

function give(command: Partial<Command> & { key: string }, did: string) {
  const whole = { actor, name: 'give', input: { did }, ...command };
  return runCommand(store, whole, (tx) => addEffect(tx, did));
}

function refuse(key: string, did: string) {
  return runCommand(store, { actor, key, name: 'give', input: { did } }, async (tx) => {
    await addEffect(tx, did);
    throw new Problem(commonProblems.conflict);
  });
}

async function countKeys(key: string): Promise<number> {
  const rows = await run(
    db,
    "SELECT 1 FROM kit_idempotency WHERE idempotency_key = UNHEX(REPLACE(?, '-', ''))",
    key,
  );
  return rows.length;
}

describe('a command', () => {
  it('sent a hundred times at once by one key has one effect and one answer', async () => {
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => give({ key }, 'a hundred at once')),
    );
    expect(new Set(answers.map(({ effect }) => effect)).size).toBe(1);
    expect(await countEffects(db, 'a hundred at once')).toBe(1);
  });

  it('repeated later gets the first answer and runs nothing', async () => {
    const key = newId();
    const first = await give({ key }, 'repeated');
    expect(await give({ key }, 'repeated')).toEqual(first);
    expect(await give({ key: key.toUpperCase() }, 'repeated')).toEqual(first);
    expect(await countEffects(db, 'repeated')).toBe(1);
  });

  it('with a key used for another input or operation is refused and changes nothing', async () => {
    const key = newId();
    const first = await give({ key }, 'mine');
    await expect(give({ key }, 'other input')).rejects.toThrow(KeyReusedError);
    const renamed = give({ key, name: 'take', input: { did: 'mine' } }, 'other operation');
    await expect(renamed).rejects.toThrow(KeyReusedError);
    expect(await countEffects(db, 'other input')).toBe(0);
    expect(await countEffects(db, 'other operation')).toBe(0);
    expect(await give({ key }, 'mine')).toEqual(first);
  });

  it('takes the same input with its fields in another order for the same', async () => {
    const key = newId();
    const first = await give({ key, input: { a: 1, b: { c: 2, d: 3 } } }, 'ordered');
    expect(await give({ key, input: { b: { d: 3, c: 2 }, a: 1 } }, 'ordered')).toEqual(first);
  });

  it("of another actor by the same key is another command: its own effect, not the other's answer", async () => {
    const key = newId();
    const mine = await give({ key }, 'two actors');
    const theirs = await give({ key, actor: 'person:two' }, 'two actors');
    expect(theirs).not.toEqual(mine);
    expect(await countEffects(db, 'two actors')).toBe(2);
  });

  it('that is refused leaves no row, so that its key may be used again', async () => {
    const key = newId();
    await expect(refuse(key, 'refused')).rejects.toThrow(Problem);
    expect([await countKeys(key), await countEffects(db, 'refused')]).toEqual([0, 0]);
    await give({ key }, 'changed mind');
    expect([await countKeys(key), await countEffects(db, 'changed mind')]).toEqual([1, 1]);
  });

  it('that is refused, sent thirty times at once, is refused to each and deadlocks nobody', async () => {
    const key = newId();
    const settled = await Promise.allSettled(
      Array.from({ length: 30 }, () => refuse(key, 'refused at once')),
    );
    for (const one of settled) {
      expect(one).toMatchObject({ status: 'rejected', reason: { name: 'Problem' } });
    }
    expect([await countKeys(key), await countEffects(db, 'refused at once')]).toEqual([0, 0]);
  });

  it('answers a repeat with what JSON keeps, also when it answers nothing', async () => {
    const command = { actor, key: newId(), name: 'say', input: null };
    const answer = { text: '好', list: [1, null], at: '2026-01-01' };
    await runCommand(store, command, async () => answer);
    expect(await runCommand(store, command, async () => undefined)).toEqual(answer);
    const silent = { ...command, key: newId() };
    expect(await runCommand(store, silent, async () => undefined)).toBeUndefined();
    expect(await runCommand(store, silent, async () => undefined)).toBeNull();
  });

  it('calls onCommit after it committed, and not when it was refused', async () => {
    const seen: number[] = [];
    const watched: ServiceStore<object> = { ...store, onCommit: () => seen.push(1) };
    const command = { actor, key: newId(), name: 'watch', input: 1 };
    await expect(
      runCommand(watched, command, async () => {
        throw new Problem(commonProblems.conflict);
      }),
    ).rejects.toThrow(Problem);
    expect(seen).toHaveLength(0);
    await runCommand(watched, command, async () => 1);
    expect(seen).toHaveLength(1);
  });
});
