import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { ServerFetch } from './module.ts';

export interface HttpServer {
  port: number;
  /** Stops taking requests, lets those under way end, at most `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Connections that wait to be taken: of a crowd at one moment none is cut (the system has a bound, too). */
const backlog = 4_096;

/** Serves a fetch handler over HTTP; port 0 takes a free one. */
export function listen(
  fetch: ServerFetch,
  options: { port: number; host: string },
): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch }) as Server;
    server.headersTimeout = 10_000;
    server.requestTimeout = 30_000;
    server.keepAliveTimeout = 65_000;
    server.once('error', reject);
    server.listen({ ...options, backlog }, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, close: (graceMs) => closeServer(server, graceMs) });
    });
  });
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that answers now is idle later, and would be kept for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
