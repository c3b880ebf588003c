import type { createPrincipalSigner } from '@ddp/auth/principal-token';
import { principalHeader } from '@ddp/auth/principal-token';
import type { Principal } from '@ddp/contracts/principal';
import type { Peer } from '@ddp/service-kit/module';
import { requestIdHeader } from '@ddp/service-kit/request-state';

/** Headers of a person's request that a service gets to see. */
const passedOn = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'last-event-id',
  // They tell a person from a program, of which scans are not counted.
  'purpose',
  'sec-purpose',
  'user-agent',
];

/** Headers of a service's answer that concern one connection only. */
const hopByHop = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export interface ForwardOptions {
  peer: Peer;
  path: string;
  principal: Principal;
  sign: ReturnType<typeof createPrincipalSigner>;
  nowMs: number;
  deadlineMs: number;
}

/** Sends a person's request on to a service, with who asks in place of the cookie. */
export async function forward(request: Request, options: ForwardOptions): Promise<Response> {
  const headers = new Headers();
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set(principalHeader, options.sign(options.principal, options.nowMs));
  headers.set(requestIdHeader, options.principal.requestId);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const answer = await options.peer.fetch(
    new Request(`${options.peer.baseUrl.replace(/\/$/, '')}${options.path}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.deadlineMs),
      ...(hasBody ? { body: await request.arrayBuffer() } : {}),
    }),
  );
  const passedBack = new Headers(answer.headers);
  for (const name of hopByHop) passedBack.delete(name);
  return new Response(answer.body, { status: answer.status, headers: passedBack });
}
