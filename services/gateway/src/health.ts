import { commonProblems, Problem } from '@ddp/contracts/problem';
import { type ServiceName, serviceNames } from '@ddp/contracts/service-name';
import type { ModuleContext } from '@ddp/service-kit/module';
import { within } from './within.ts';

const serviceLimitMs = 3_000;
const keepMs = 1_000;

type PeerOf = ModuleContext['peerOf'];

/**
 * The house is healthy when each of its services is. They are asked once, however many want to
 * know, and what they said counts for a second.
 */
export function createHealthCheck(peerOf: PeerOf): () => Promise<void> {
  let answer: Promise<void> | undefined;
  let until = 0;
  return () => {
    if (answer && performance.now() < until) return answer;
    until = Number.POSITIVE_INFINITY;
    answer = checkServices(peerOf).finally(() => {
      until = performance.now() + keepMs;
    });
    return answer;
  };
}

async function checkServices(peerOf: PeerOf): Promise<void> {
  try {
    await Promise.all(
      serviceNames.map((name) => within(serviceLimitMs, checkService(peerOf, name))),
    );
  } catch (cause) {
    throw new Problem(commonProblems.busy, { retryAfterSeconds: 1, cause });
  }
}

async function checkService(peerOf: PeerOf, name: ServiceName): Promise<void> {
  const { baseUrl, fetch } = peerOf(name);
  const signal = AbortSignal.timeout(serviceLimitMs);
  const answer = await fetch(new Request(`${baseUrl}/healthz`, { signal }));
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${name} is not healthy`);
}
