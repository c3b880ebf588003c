import { describe, expect, it } from 'vitest';
import { GroupBusyError } from './group-commit.ts';
import { createReadGroup } from './read-group.ts';

/** A group over some rows, whose reads stand still until the test lets them answer. */
function openGroup(options: { maxSize?: number; maxQueue?: number } = {}) {
  const rows = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const reads: { keys: readonly string[]; answer(): void; fail(error: Error): void }[] = [];
  const read = createReadGroup<number>({
    maxSize: options.maxSize ?? 10,
    maxQueue: options.maxQueue ?? 10,
    read: (keys) =>
      new Promise((resolve, reject) => {
        reads.push({ keys, answer: () => resolve(new Map(rows)), fail: reject });
      }),
  });
  const nextRead = async () => {
    await new Promise(setImmediate);
    const begun = reads.shift();
    if (begun === undefined) throw new Error('no read has begun');
    return begun;
  };
  return { rows, read, nextRead };
}

describe('a read group', () => {
  it('joins what is asked for at the same moment, each key once', async () => {
    const { read, nextRead } = openGroup();
    const asked = Promise.all(['a', 'b', 'a', 'c'].map(read));
    const { keys, answer } = await nextRead();
    expect(keys).toEqual(['a', 'b', 'c']);
    answer();
    expect(await asked).toEqual([1, 2, 1, undefined]);
  });

  it('answers by a read that began after it was asked', async () => {
    const { rows, read, nextRead } = openGroup();
    const first = read('a');
    const begun = await nextRead();
    const second = read('a');
    begun.answer();
    expect(await first).toBe(1);
    rows.set('a', 7);
    const next = await nextRead();
    next.answer();
    expect(await second).toBe(7);
  });

  it('takes no more keys into one read than it may', async () => {
    const { read, nextRead } = openGroup({ maxSize: 2 });
    const asked = Promise.all(['a', 'b', 'c'].map(read));
    for (const expected of [['a', 'b'], ['c']]) {
      const { keys, answer } = await nextRead();
      expect(keys).toEqual(expected);
      answer();
    }
    expect(await asked).toEqual([1, 2, undefined]);
  });

  it('fails those of one read alone, and goes on', async () => {
    const { read, nextRead } = openGroup();
    const lost = expect(read('a')).rejects.toThrow('gone');
    const begun = await nextRead();
    const later = read('b');
    begun.fail(new Error('gone'));
    await lost;
    const next = await nextRead();
    next.answer();
    expect(await later).toBe(2);
  });

  it('refuses one more than may wait, and takes the next when there is room again', async () => {
    const { read, nextRead } = openGroup({ maxQueue: 1 });
    const first = read('a');
    const begun = await nextRead();
    const second = read('b');
    await expect(read('a')).rejects.toThrow(GroupBusyError);
    begun.answer();
    const next = await nextRead();
    const third = read('a');
    next.answer();
    (await nextRead()).answer();
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 1]);
  });
});
