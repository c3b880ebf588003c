import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import v8 from 'node:v8';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withSmallHeap } from './small-heap.ts';

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  vi.spyOn(v8, 'setFlagsFromString').mockImplementation((flag) => void told.push(flag));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const small = '--heap-growing-percent=40';
const usual = '--heap-growing-percent=0';

it('keeps the heap small while some work runs, and no longer', async () => {
  const ends: ((result: string) => void)[] = [];
  const work = () => withSmallHeap(() => new Promise<string>((resolve) => ends.push(resolve)));
  const one = work();
  const other = work();
  expect(told).toEqual([small]);
  ends[0]?.('first');
  expect(await one).toBe('first');
  expect(told).toEqual([small]);
  ends[1]?.('second');
  expect(await other).toBe('second');
  expect(told).toEqual([small, usual]);
});

it('makes it roomy again after work that failed', async () => {
  const failure = new Error('no room');
  await expect(withSmallHeap(() => Promise.reject(failure))).rejects.toBe(failure);
  expect(told).toEqual([small, usual]);
  expect(await withSmallHeap(async () => 'again')).toBe('again');
  expect(told).toEqual([small, usual, small, usual]);
});

it('speaks of what this V8 knows', async () => {
  const run = promisify(execFile);
  await run(process.execPath, [small, '-e', '']);
  await expect(run(process.execPath, ['--heap-groaning-percent=40', '-e', ''])).rejects.toThrow();
});
