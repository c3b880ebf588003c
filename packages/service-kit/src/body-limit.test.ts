import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { limitBody } from './body-limit.ts';
import { toProblem } from './problem-response.ts';

const app = new Hono();
app.onError((error) => new Response('', { status: toProblem(error).definition.status }));
app.all('/echo', limitBody(10), async (context) => context.text(await context.req.text()));

/** A body in pieces that says how much of it was taken. */
function inPieces(...pieces: string[]) {
  const taken: string[] = [];
  const body = new ReadableStream(
    {
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) return controller.close();
        taken.push(piece);
        controller.enqueue(new TextEncoder().encode(piece));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken };
}
const post = (init: RequestInit) => app.request('/echo', { method: 'POST', ...init });

it('hands a body on whole, whether its length is told or not', async () => {
  const told = await post({ body: '一二三', headers: { 'content-length': '9' } });
  expect(await told.text()).toBe('一二三');
  const { body } = inPieces('一', '二', '三');
  expect(await (await post({ body, duplex: 'half' } as RequestInit)).text()).toBe('一二三');
  expect(await (await post({})).text()).toBe('');
  expect(await (await app.request('/echo')).text()).toBe('');
});

it('refuses a length that is too much, and a body that grows beyond it, at that piece', async () => {
  const { body: unread, taken: none } = inPieces('x');
  const headers = { 'content-length': '11' };
  const told = await post({ body: unread, headers, duplex: 'half' } as RequestInit);
  expect([told.status, none]).toEqual([413, []]);
  const { body, taken } = inPieces('xxxxx', 'xxxxx', 'x', 'never');
  const grown = await post({ body, duplex: 'half' } as RequestInit);
  expect([grown.status, taken.length]).toEqual([413, 3]);
});

it('counts a body whose length is told beside pieces', async () => {
  const { body } = inPieces('xxxxx', 'xxxxxx');
  const headers = { 'content-length': '1', 'transfer-encoding': 'chunked' };
  expect((await post({ body, headers, duplex: 'half' } as RequestInit)).status).toBe(413);
});
