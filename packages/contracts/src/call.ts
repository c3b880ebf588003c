import type { ProblemDocument } from './problem.ts';
import type { RouteDefinition, RouteInput, RouteResult } from './route.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface CallOptions {
  /** Where the service's routes begin: `http://127.0.0.1:8081` or `https://host/api/points`. */
  baseUrl: string;
  fetch?: Fetch;
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A problem document that came back from a call. */
export class CallProblem extends Error {
  override name = 'CallProblem';
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(`${document.status} ${document.type} ${document.detail ?? document.title}`);
    this.document = document;
  }

  get slug(): string {
    return this.document.type.slice(this.document.type.lastIndexOf(':') + 1);
  }
}

/** An answer that does not fit its contract, as while services of two versions are at work. */
export class ContractError extends Error {
  override name = 'ContractError';

  constructor(route: string, cause: unknown) {
    super(`the answer of ${route} does not fit its contract`, { cause });
  }
}

interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** Builds the request of a route; the same for services, web apps and tests. */
export function buildRequest<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  options: CallOptions,
): Request {
  const { params = {}, query = {}, body } = input as AnyInput;
  const path = route.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    toSegment(name, params[name]),
  );
  const url = new URL(`${options.baseUrl.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers = new Headers(options.headers);
  headers.set('accept', 'application/json');
  if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey);
  if (body !== undefined) headers.set('content-type', 'application/json');
  return new Request(url, {
    method: route.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/** One segment of a path. URLs resolve `.` and `..` even when encoded: they would change the route. */
function toSegment(name: string, value: unknown): string {
  const text = String(value ?? '');
  if (/^\.{0,2}$/.test(text)) throw new RangeError(`not a path segment: ${name} "${text}"`);
  return encodeURIComponent(text);
}

/**
 * Calls a route and gives its answer, checked against the contract. Throws CallProblem for a
 * problem document; anything else that is not the contract is an ordinary error.
 */
export async function call<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  options: CallOptions,
): Promise<RouteResult<R>> {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const response = await send(buildRequest(route, input, options));
  if (response.status !== route.status) throw await readProblem(response);
  if (route.response) {
    const answer = route.response.safeParse(await response.json());
    if (answer.success) return answer.data as RouteResult<R>;
    throw new ContractError(`${route.service} ${route.name}`, answer.error);
  }
  if (route.mediaType) {
    return new Uint8Array(await response.arrayBuffer()) as unknown as RouteResult<R>;
  }
  await response.body?.cancel();
  return undefined as RouteResult<R>;
}

async function readProblem(response: Response): Promise<Error> {
  const text = await response.text();
  if (response.headers.get('content-type')?.includes('application/problem+json')) {
    return new CallProblem(JSON.parse(text) as ProblemDocument);
  }
  return new Error(`unexpected answer ${response.status}: ${text.slice(0, 200)}`);
}
