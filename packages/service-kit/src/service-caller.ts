import type { NamedKey } from '@ddp/auth/keys';
import { createPrincipalSigner, principalHeader } from '@ddp/auth/principal-token';
import type { Clock } from '@ddp/calendar/clock';
import { CallProblem, call } from '@ddp/contracts/call';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import type { ServiceName } from '@ddp/contracts/service-name';
import type { Peer } from './module.ts';
import { isPeerAway } from './peer-away.ts';
import { requestIdHeader } from './request-state.ts';

export interface ServiceCallOptions {
  requestId: string;
  onBehalfOf?: string | null;
  /** Needed by routes that change something; makes a repeat safe. */
  key?: string;
  deadlineMs?: number;
}

export interface ServiceCaller {
  call<R extends RouteDefinition>(
    route: R,
    input: RouteInput<R>,
    options: ServiceCallOptions,
  ): Promise<RouteResult<R>>;
}

const defaultDeadlineMs = 5_000;
const attempts = 3;

/**
 * Calls other services as this one, mounted or over the network alike: signed principal, deadline,
 * request id, and a repeat after a passing fault where a repeat is safe.
 */
export function createServiceCaller(options: {
  service: string;
  masterKeys: readonly NamedKey[];
  clock: Clock;
  peerOf: (service: ServiceName) => Peer;
}): ServiceCaller {
  const signers = new Map<ServiceName, ReturnType<typeof createPrincipalSigner>>();
  const sign = (audience: ServiceName, call: ServiceCallOptions) => {
    const signer = signers.get(audience) ?? createPrincipalSigner(options.masterKeys, audience);
    signers.set(audience, signer);
    return signer(
      {
        kind: 'service',
        service: options.service,
        onBehalfOf: call.onBehalfOf ?? null,
        requestId: call.requestId,
      },
      options.clock.now().getTime() - options.clock.offsetMs(),
    );
  };

  return {
    async call(route, input, callOptions) {
      const { baseUrl, fetch } = options.peerOf(route.service);
      const endsAt = performance.now() + (callOptions.deadlineMs ?? defaultDeadlineMs);
      for (let attempt = 1; ; attempt += 1) {
        try {
          const signal = AbortSignal.timeout(Math.max(1, Math.ceil(endsAt - performance.now())));
          const answer = call(route, input, {
            baseUrl,
            fetch,
            signal,
            ...(callOptions.key ? { idempotencyKey: callOptions.key } : {}),
            headers: {
              [principalHeader]: sign(route.service, callOptions),
              [requestIdHeader]: callOptions.requestId,
            },
          });
          return await endWith(signal, answer);
        } catch (error) {
          const isSafe = route.method === 'GET' || callOptions.key !== undefined;
          const waitMs = 50 * 2 ** attempt;
          const isLate = performance.now() + waitMs > endsAt;
          if (!isSafe || !isPassing(error) || isLate || attempt >= attempts) throw error;
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
      }
    },
  };
}

/** Cuts the wait at the signal, which a service mounted in this process does not look at. */
function endWith<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

/** A fault of the way or of the moment, not of the request. */
function isPassing(error: unknown): boolean {
  return isPeerAway(error) || (error instanceof CallProblem && error.document.status >= 500);
}
