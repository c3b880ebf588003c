import { describe, expect, it } from 'vitest';
import { createCommitGroup, GroupBusyError } from './group-commit.ts';

interface Held {
  commands: string[];
  commit(): void;
  fail(error: Error): void;
}

/** A group whose batches stand still until the test commits or fails them. */
function openGroup(options: { maxSize?: number; maxQueue?: number } = {}) {
  const batches: Held[] = [];
  const arrivals: ((held: Held) => void)[] = [];
  const group = createCommitGroup<string, string>({
    maxSize: options.maxSize ?? 10,
    maxQueue: options.maxQueue ?? 100,
    sizeOf: (command) => command.length,
    run: (commands) =>
      new Promise((resolve, reject) => {
        const commit = () => resolve(commands.map((command) => `did ${command}`));
        const held = { commands, commit, fail: reject };
        const arrival = arrivals.shift();
        if (arrival) arrival(held);
        else batches.push(held);
      }),
  });
  const nextBatch = () =>
    new Promise<Held>((resolve) => {
      const held = batches.shift();
      if (held) resolve(held);
      else arrivals.push(resolve);
    });
  return { group, nextBatch };
}

async function commitNext(nextBatch: () => Promise<Held>): Promise<string[]> {
  const { commands, commit } = await nextBatch();
  commit();
  return commands;
}

describe('a commit group', () => {
  it('runs a lone command at once', async () => {
    const { group, nextBatch } = openGroup();
    const verdict = group.submit('a');
    expect(await commitNext(nextBatch)).toEqual(['a']);
    expect(await verdict).toBe('did a');
  });

  it('collects what comes while the batch before commits, in the order it came', async () => {
    const { group, nextBatch } = openGroup();
    const first = group.submit('a');
    const held = await nextBatch();
    const later = ['b', 'c', 'd'].map((command) => group.submit(command));
    held.commit();
    expect(await commitNext(nextBatch)).toEqual(['b', 'c', 'd']);
    expect(await Promise.all([first, ...later])).toEqual(['did a', 'did b', 'did c', 'did d']);
  });

  it('fills a batch up to its size and not beyond', async () => {
    const { group, nextBatch } = openGroup({ maxSize: 5 });
    const verdicts = ['aa', 'bb', 'cc', 'd', 'ee'].map((command) => group.submit(command));
    expect(await commitNext(nextBatch)).toEqual(['aa', 'bb']);
    expect(await commitNext(nextBatch)).toEqual(['cc', 'd', 'ee']);
    await Promise.all(verdicts);
  });

  it('runs a command larger than a batch alone, in its turn', async () => {
    const { group, nextBatch } = openGroup({ maxSize: 3 });
    const verdicts = ['a', 'bbbbbb', 'c'].map((command) => group.submit(command));
    expect(await commitNext(nextBatch)).toEqual(['a']);
    expect(await commitNext(nextBatch)).toEqual(['bbbbbb']);
    expect(await commitNext(nextBatch)).toEqual(['c']);
    await Promise.all(verdicts);
  });

  it('lets one bad command fail alone', async () => {
    const { group, nextBatch } = openGroup();
    const verdicts = ['a', 'bad', 'c'].map((command) => group.submit(command));
    const settled = Promise.allSettled(verdicts);
    const fault = new Error('no such account');
    (await nextBatch()).fail(fault);
    for (const command of ['a', 'bad', 'c']) {
      const held = await nextBatch();
      expect(held.commands).toEqual([command]);
      if (command === 'bad') held.fail(fault);
      else held.commit();
    }
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 'did a' },
      { status: 'rejected', reason: fault },
      { status: 'fulfilled', value: 'did c' },
    ]);
  });

  it('goes on after a batch that failed', async () => {
    const { group, nextBatch } = openGroup();
    const lost = expect(group.submit('a')).rejects.toThrow('gone');
    (await nextBatch()).fail(new Error('gone'));
    await lost;
    const verdict = group.submit('b');
    await commitNext(nextBatch);
    expect(await verdict).toBe('did b');
  });

  it('refuses one more than may wait, says so beforehand, and takes the next when room is again', async () => {
    const { group, nextBatch } = openGroup({ maxQueue: 2 });
    const running = group.submit('a');
    const held = await nextBatch();
    expect([group.hasRoom(2), group.hasRoom(3)]).toEqual([true, false]);
    const waiting = [group.submit('b'), group.submit('c')];
    expect(group.hasRoom(1)).toBe(false);
    await expect(group.submit('d')).rejects.toThrow(GroupBusyError);
    held.commit();
    expect(await commitNext(nextBatch)).toEqual(['b', 'c']);
    expect(group.hasRoom(2)).toBe(true);
    await Promise.all([running, ...waiting]);
  });

  it('is drained only when everything submitted has its verdict', async () => {
    const { group, nextBatch } = openGroup();
    await group.drain();
    let isDrained = false;
    const first = group.submit('a');
    const held = await nextBatch();
    const second = group.submit('b');
    const drained = group.drain().then(() => {
      isDrained = true;
    });
    held.commit();
    await first;
    const last = await nextBatch();
    expect(isDrained).toBe(false);
    last.commit();
    await drained;
    expect(await second).toBe('did b');
  });
});
