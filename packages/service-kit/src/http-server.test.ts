import { connect } from 'node:net';
import { Hono } from 'hono/quick';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitBody } from './body-limit.ts';
import { type HttpServer, listen } from './http-server.ts';

let server: HttpServer;
beforeAll(async () => {
  const app = new Hono();
  app.onError(() => new Response('too large', { status: 413 }));
  app.post('/echo', limitBody(10), async (context) =>
    context.text(`got ${await context.req.text()}`),
  );
  server = await listen(async (request) => app.fetch(request), { port: 0, host: '127.0.0.1' });
});
afterAll(() => server?.close(1_000));

/** Sends bytes as they are; the first and the last line of what comes back. */
function sendRaw(text: string): Promise<[string, string]> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const lines = answer.trim().split('\r\n');
      resolve([lines[0] ?? '', lines.at(-1) ?? '']);
    });
  });
}

const head = 'POST /echo HTTP/1.1\r\nHost: house\r\nConnection: close\r\n';

it('takes a POST that says nothing of a body', async () => {
  expect(await sendRaw(`${head}\r\n`)).toEqual(['HTTP/1.1 200 OK', 'got']);
});

it('takes a body in pieces, and refuses one that grows too large', async () => {
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
  const small = await sendRaw(`${chunked}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`);
  expect(small).toEqual(['HTTP/1.1 200 OK', 'got abcde']);
  const large = await sendRaw(`${chunked}8\r\nabcdefgh\r\n8\r\nabcdefgh\r\n0\r\n\r\n`);
  expect(large[0]).toBe('HTTP/1.1 413 Payload Too Large');
});

it('takes a body of a length that was told', async () => {
  expect(await sendRaw(`${head}Content-Length: 3\r\n\r\nabc`)).toEqual([
    'HTTP/1.1 200 OK',
    'got abc',
  ]);
});
