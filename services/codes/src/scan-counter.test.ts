import { beforeEach, expect, it } from 'vitest';
import { type CountedScans, createScanCounter, type ScanCounter } from './scan-counter.ts';

let stored: Map<string, number>;
let written: Set<string>;
let sizes: number[];
let outage: 'none' | 'before' | 'after';
let counter: ScanCounter;

beforeEach(() => {
  stored = new Map();
  written = new Set();
  sizes = [];
  outage = 'none';
  let ids = 0;
  counter = createScanCounter({
    capacity: 5,
    flushAfterMs: 60_000,
    groupSize: 2,
    newId: () => {
      ids += 1;
      return `group-${ids}`;
    },
    async write(id, counts: readonly CountedScans[]) {
      if (outage === 'before') throw new Error('the database is away');
      sizes.push(counts.length);
      if (!written.has(id)) for (const one of counts) add(one);
      written.add(id);
      if (outage === 'after') throw new Error('nobody knows whether it was written');
    },
    onFailure: () => {},
  });
});

function add({ codeId, scans }: CountedScans): void {
  stored.set(codeId, (stored.get(codeId) ?? 0) + scans);
}

it('writes each code once, in groups', async () => {
  for (const code of ['a', 'b', 'a', 'c', 'a']) counter.count(code, '2026-11-25');
  await counter.stop();
  expect(Object.fromEntries(stored)).toEqual({ a: 3, b: 1, c: 1 });
  expect(sizes).toEqual([2, 1]);
});

it('writes later what could not be written, and twice nothing of which that is unknown', async () => {
  counter.count('a', '2026-11-25');
  outage = 'before';
  await counter.stop();
  expect(stored.size).toBe(0);
  outage = 'after';
  await counter.stop();
  outage = 'none';
  counter.count('a', '2026-11-25');
  await counter.stop();
  expect(stored.get('a')).toBe(2);
});

it('holds no more codes than it has room for', async () => {
  for (let code = 0; code < 100; code += 1) counter.count(`code-${code}`, '2026-11-25');
  await counter.stop();
  expect(stored.size).toBe(5);
});
