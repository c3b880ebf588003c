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
  let nowMs = 0;
  const group = createCommitGroup<string, string>({
    maxSize: options.maxSize ?? 10,
    maxQueue: options.maxQueue ?? 100,
    maxWaitMs: 1_000,
    sizeOf: (command) => command.length,
    run: (commands) =>
      new Promise((resolve, reject) => {
        const commit = () => resolve(commands.map((command) => `did ${command}`));
        const held = { commands, commit, fail: reject };
        const arrival = arrivals.shift();
        if (arrival) arrival(held);
        else batches.push(held);
      }),
    nowMs: () => nowMs,
  });
  const nextBatch = () =>
    new Promise<Held>((resolve) => {
      const held = batches.shift();
      if (held) resolve(held);
      else arrivals.push(resolve);
    });
  return {
    drain: () => group.drain(),
    submitAll: (...commands: string[]) => group.submit(commands),
    /** One caller with one command. */
    async submit(command: string): Promise<string> {
      const [outcome] = await group.submit([command]);
      if (outcome?.status === 'rejected') throw outcome.reason;
      return outcome?.value ?? '';
    },
    nextBatch,
    passMs(milliseconds: number) {
      nowMs += milliseconds;
    },
  };
}

async function commitNext(nextBatch: () => Promise<Held>): Promise<string[]> {
  const { commands, commit } = await nextBatch();
  commit();
  return commands;
}

describe('a commit group', () => {
  it('runs a lone command at once', async () => {
    const { submit, nextBatch } = openGroup();
    const verdict = submit('a');
    expect(await commitNext(nextBatch)).toEqual(['a']);
    expect(await verdict).toBe('did a');
  });

  it('collects what comes while the batch before commits, in the order it came', async () => {
    const { submit, nextBatch } = openGroup();
    const first = submit('a');
    const held = await nextBatch();
    const later = ['b', 'c', 'd'].map((command) => submit(command));
    held.commit();
    expect(await commitNext(nextBatch)).toEqual(['b', 'c', 'd']);
    expect(await Promise.all([first, ...later])).toEqual(['did a', 'did b', 'did c', 'did d']);
  });

  it('fills a batch up to its size and not beyond', async () => {
    const { submit, nextBatch } = openGroup({ maxSize: 5 });
    const verdicts = ['aa', 'bb', 'cc', 'd', 'ee'].map((command) => submit(command));
    expect(await commitNext(nextBatch)).toEqual(['aa', 'bb']);
    expect(await commitNext(nextBatch)).toEqual(['cc', 'd', 'ee']);
    await Promise.all(verdicts);
  });

  it('runs a command larger than a batch alone, in its turn', async () => {
    const { submit, nextBatch } = openGroup({ maxSize: 3 });
    const verdicts = ['a', 'bbbbbb', 'c'].map((command) => submit(command));
    expect(await commitNext(nextBatch)).toEqual(['a']);
    expect(await commitNext(nextBatch)).toEqual(['bbbbbb']);
    expect(await commitNext(nextBatch)).toEqual(['c']);
    await Promise.all(verdicts);
  });

  it('lets one bad command fail alone', async () => {
    const { submit, nextBatch } = openGroup();
    const verdicts = ['a', 'bad', 'c'].map((command) => submit(command));
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
    const { submit, nextBatch } = openGroup();
    const lost = expect(submit('a')).rejects.toThrow('gone');
    (await nextBatch()).fail(new Error('gone'));
    await lost;
    const verdict = submit('b');
    await commitNext(nextBatch);
    expect(await verdict).toBe('did b');
  });

  it('refuses what goes beyond those that may wait, and takes it when there is room again', async () => {
    const { submit, submitAll, nextBatch } = openGroup({ maxQueue: 3 });
    const running = submit('a');
    const held = await nextBatch();
    const waiting = [submit('b'), submit('c')];
    await expect(submitAll('d', 'e')).rejects.toThrow(GroupBusyError);
    waiting.push(submit('d'));
    await expect(submit('e')).rejects.toThrow(GroupBusyError);
    held.commit();
    expect(await commitNext(nextBatch)).toEqual(['b', 'c', 'd']);
    const last = submit('e');
    expect(await commitNext(nextBatch)).toEqual(['e']);
    await Promise.all([running, ...waiting, last]);
  });

  it('takes a caller with more than may wait when nobody else does', async () => {
    const { submitAll, nextBatch } = openGroup({ maxQueue: 3, maxSize: 2 });
    const outcomes = submitAll('aa', 'bb', 'cc');
    for (const command of ['aa', 'bb', 'cc']) {
      expect(await commitNext(nextBatch)).toEqual([command]);
    }
    expect((await outcomes).map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
  });

  it('lets callers take turns, however much one of them brings, each in its own order', async () => {
    const { submit, submitAll, nextBatch } = openGroup({ maxSize: 4 });
    const first = submit('a');
    const held = await nextBatch();
    const long = submitAll('1111', '2222', '3333');
    const other = submitAll('x', 'y');
    const short = [submit('b'), submit('c')];
    held.commit();
    for (const batch of [['1111'], ['x', 'b', 'c'], ['2222'], ['y'], ['3333']]) {
      expect(await commitNext(nextBatch)).toEqual(batch);
    }
    await Promise.all([first, long, other, ...short]);
  });

  it('runs small commands of one caller together where the batch has room', async () => {
    const { submit, submitAll, nextBatch } = openGroup({ maxSize: 4 });
    const first = submit('a');
    const held = await nextBatch();
    const outcomes = submitAll('1', '2', '3', '4', '5');
    held.commit();
    expect(await commitNext(nextBatch)).toEqual(['1', '2', '3', '4']);
    expect(await commitNext(nextBatch)).toEqual(['5']);
    await Promise.all([first, outcomes]);
  });

  it('never begins what has waited longer than its caller does', async () => {
    const { submit, submitAll, nextBatch, passMs } = openGroup({ maxSize: 1 });
    const running = submit('a');
    const held = await nextBatch();
    const early = submitAll('b', 'c');
    passMs(600);
    const late = submit('d');
    held.commit();
    const second = await nextBatch();
    expect(second.commands).toEqual(['b']);
    passMs(600);
    second.commit();
    expect(await commitNext(nextBatch)).toEqual(['d']);
    expect(await early).toMatchObject([
      { status: 'fulfilled', value: 'did b' },
      { status: 'rejected', reason: { name: 'GroupBusyError' } },
    ]);
    await Promise.all([running, late]);
  });

  it('is drained only when everything submitted has its verdict', async () => {
    const { submit, drain, nextBatch } = openGroup();
    await drain();
    let isDrained = false;
    const first = submit('a');
    const held = await nextBatch();
    const second = submit('b');
    const drained = drain().then(() => {
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
