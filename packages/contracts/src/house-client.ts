import { call, type Fetch } from './call.ts';
import type { RouteDefinition, RouteInput, RouteResult } from './route.ts';
import { needsKey } from './route.ts';

/** A person's client at the gateway: keeps cookies as a browser does, and calls by route. */
export interface HouseClient {
  call<R extends RouteDefinition>(
    route: R,
    input: RouteInput<R>,
    key?: string,
  ): Promise<RouteResult<R>>;
  /** Plain requests with the same cookies, for pages. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Opens a client on a house at `url`; `send` replaces the network for a mounted house. */
export function createHouseClient(url: string, send: Fetch = (request) => fetch(request)) {
  const origin = new URL(url).origin;
  const cookies = new Map<string, string>();

  async function fetchWithCookies(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('origin', origin);
    if (cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const answer = await send(new Request(request, { headers, redirect: 'manual' }));
    for (const line of answer.headers.getSetCookie()) keepCookie(line);
    return answer;
  }

  function keepCookie(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=', 2);
    if (value === '' || /max-age=0/i.test(line)) cookies.delete(name.trim());
    else cookies.set(name.trim(), value.trim());
  }

  const client: HouseClient = {
    call: (route, input, key) =>
      call(route, input, {
        baseUrl: `${origin}/api/${route.service}`,
        fetch: fetchWithCookies,
        ...(needsKey(route) ? { idempotencyKey: key ?? crypto.randomUUID() } : {}),
      }),
    fetch: (path, init) => fetchWithCookies(new Request(`${origin}${path}`, init)),
  };
  return client;
}
