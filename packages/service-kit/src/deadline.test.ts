import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDeadline } from './deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends what takes too long with a 504, each in its own time', async () => {
  const within = createDeadline(1_000);
  const never = () => new Promise<never>(() => {});
  const ended: string[] = [];
  const note = (name: string) => (error: { status: number }) =>
    ended.push(`${name} ${error.status}`);
  within(never).catch(note('first'));
  await vi.advanceTimersByTimeAsync(700);
  within(never).catch(note('second'));
  await vi.advanceTimersByTimeAsync(600);
  expect(ended).toEqual(['first 504']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toEqual(['first 504', 'second 504']);
});

it('hands on what comes in time, and looks no more when nobody waits', async () => {
  const within = createDeadline(1_000);
  expect(await within(async () => 'in time')).toBe('in time');
  const refusal = new Error('refused');
  await expect(within(() => Promise.reject(refusal))).rejects.toBe(refusal);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(vi.getTimerCount()).toBe(0);
  const late = within(() => new Promise<never>(() => {}));
  const seen = expect(late).rejects.toMatchObject({ status: 504 });
  await vi.advanceTimersByTimeAsync(2_000);
  await seen;
});
