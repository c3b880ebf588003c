import { beforeEach, describe, expect, it } from 'vitest';
import { createScanCache, type ScanCache } from './scan-cache.ts';

/** What the database would tell, and how often it was asked. */
let truth: Map<string, string>;
let log: string[];
/** Changes up to this number are gone from the log. */
let purgedUpTo: number;
let loads: string[];
let nowMs: number;
let isLogAway: boolean;
let beforeLoadEnds: () => Promise<void>;
let cache: ScanCache<string>;

beforeEach(() => {
  truth = new Map([['a', 'first']]);
  log = [];
  purgedUpTo = 0;
  loads = [];
  nowMs = 0;
  isLogAway = false;
  beforeLoadEnds = async () => {};
  cache = createScanCache<string>({
    capacity: 3,
    monotonicMs: () => nowMs,
    readHead: async () => {
      if (isLogAway) throw new Error('the log is away');
      return log.length;
    },
    listChanges: async (after, upTo) =>
      log.slice(Math.max(after, purgedUpTo), upTo).map((key) => [key, `short-${key}`]),
    async load(key) {
      loads.push(key);
      const value = truth.get(key);
      await beforeLoadEnds();
      return value;
    },
  });
});

/** Another process changes what a key leads to. */
function change(key: string, value: string | null): void {
  if (value === null) truth.delete(key);
  else truth.set(key, value);
  log.push(key);
}

describe('what is remembered', () => {
  it('is loaded once, however often it is asked for', async () => {
    for (let round = 0; round < 5; round += 1) expect(await cache.find('a')).toBe('first');
    expect(loads).toEqual(['a']);
  });

  it('is told no more from five seconds after another process changed it', async () => {
    await cache.find('a');
    change('a', null);
    nowMs = 4_900;
    expect(await cache.find('a')).toBeUndefined();
  });

  it('is gone behind the look at the log that every second brings', async () => {
    await cache.find('a');
    change('a', 'second');
    nowMs = 1_000;
    await cache.find('a');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await cache.find('a')).toBe('second');
  });

  it('is told no more at once where this process made the change', async () => {
    await cache.find('a');
    change('a', 'second');
    cache.distrust();
    expect(await cache.find('a')).toBe('second');
  });

  it('is not trusted while the log cannot be read', async () => {
    await cache.find('a');
    change('a', null);
    isLogAway = true;
    nowMs = 4_000;
    await expect(cache.find('a')).rejects.toThrow('the log is away');
    isLogAway = false;
    expect(await cache.find('a')).toBeUndefined();
  });

  it('is forgotten as a whole where the log ran far ahead', async () => {
    await cache.find('a');
    change('a', 'second');
    for (let other = 0; other < 3_000; other += 1) log.push(`other-${other}`);
    nowMs = 4_000;
    expect(await cache.find('a')).toBe('second');
    expect(cache.size()).toBe(1);
  });

  it('is forgotten as a whole where the log was purged between two finds', async () => {
    truth.set('b', 'first');
    for (const key of ['a', 'b']) await cache.find(key);
    change('a', null);
    purgedUpTo = log.length;
    change('other', null);
    nowMs = 3_600_000;
    expect(await cache.find('a')).toBeUndefined();
    expect(cache.size()).toBe(0);
  });

  it('stays where every change that was missed is found and none is of its key', async () => {
    for (const key of ['a', 'b']) truth.set(key, 'first');
    for (const key of ['a', 'b']) await cache.find(key);
    change('a', 'second');
    nowMs = 4_000;
    expect(await cache.find('b')).toBe('first');
    expect(loads).toEqual(['a', 'b']);
  });

  it('is never what was read before a change that was followed meanwhile', async () => {
    await cache.find('b');
    beforeLoadEnds = async () => {
      beforeLoadEnds = async () => {};
      change('a', 'second');
      cache.distrust();
      await cache.find('b');
    };
    expect(await cache.find('a')).toBe('first');
    expect(await cache.find('a')).toBe('second');
  });
});

describe('the room', () => {
  it('is bounded, and the key not asked for longest leaves first', async () => {
    for (const key of ['a', 'b', 'c', 'd']) truth.set(key, key);
    for (const key of ['a', 'b', 'c', 'a', 'd']) await cache.find(key);
    expect(cache.size()).toBe(3);
    loads.length = 0;
    await cache.find('a');
    await cache.find('b');
    expect(loads).toEqual(['b']);
  });

  it('is not taken by keys that lead nowhere', async () => {
    await cache.find('a');
    for (let guess = 0; guess < 1_000; guess += 1) {
      expect(await cache.find(`guess-${guess}`)).toBeUndefined();
    }
    expect(cache.size()).toBe(1);
  });
});
