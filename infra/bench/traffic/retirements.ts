import { setTimeout as sleep } from 'node:timers/promises';
import { closeCode } from '@ddp/contracts/codes/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { type Caller, createSteadySigner, serviceAs } from '../../principals.ts';
import { codeIdOf, tokenOf } from '../prepare/load-codes.ts';

const pauseMs = 250;
/** The product's promise. */
const honouredWithinMs = 5_000;

export interface Retirements {
  /** Stops, after the last retired code was looked at for long enough. */
  stop(): Promise<{ retired: number; stale: number; slowestMs: number }>;
}

/**
 * Retires codes through one process, each of them remembered by another one, and counts what the
 * other still tells of a code five seconds after it was retired.
 */
export function startRetirements(options: {
  /** Calls the process that retires. */
  call: Caller;
  officer: PersonPrincipal;
  /** The process that is watched. */
  watchedUrl: string;
  masterKey: string;
  /** Number of the first code that may be retired. */
  first: number;
  count: number;
}): Retirements {
  const { watchedUrl, masterKey } = options;
  const sign = createSteadySigner(masterKey, 'codes', serviceAs('ratings'));
  let isStopped = false;
  let [retired, stale, slowestMs] = [0, 0, 0];

  async function isTold(index: number): Promise<boolean> {
    const url = `${watchedUrl}/v1/resolved-scans/${tokenOf(index)}`;
    const answer = await fetch(url, { headers: sign() });
    await answer.arrayBuffer();
    return answer.status === 200;
  }

  async function retire(index: number): Promise<void> {
    if (!(await isTold(index))) throw new Error('a code to be retired is not in force');
    const input = { params: { id: codeIdOf(index) }, body: { state: 'retired' as const } };
    await options.call(options.officer, closeCode, input);
    const retiredAtMs = performance.now();
    retired += 1;
    for (let askedAtMs = performance.now(); await isTold(index); askedAtMs = performance.now()) {
      const ageMs = askedAtMs - retiredAtMs;
      slowestMs = Math.max(slowestMs, ageMs);
      if (ageMs > honouredWithinMs) stale += 1;
      if (ageMs > 2 * honouredWithinMs) return;
      await sleep(pauseMs);
    }
  }

  async function run(): Promise<void> {
    const open: Promise<void>[] = [];
    for (let index = 0; index < options.count && !isStopped; index += 1) {
      open.push(retire(options.first + index));
      await sleep(pauseMs);
    }
    await Promise.all(open);
  }

  const running = run();
  return {
    async stop() {
      isStopped = true;
      await running;
      return { retired, stale, slowestMs };
    },
  };
}
