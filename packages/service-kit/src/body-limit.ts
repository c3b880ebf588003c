import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { MiddlewareHandler } from 'hono';

/**
 * Whether a request tells how long its body is, which is enough: the HTTP server reads no more than
 * that. Throws 413 where that is too much.
 */
export function tellsLength(headers: Headers, most: number): boolean {
  const told = headers.get('content-length');
  if (told === null || headers.has('transfer-encoding')) return false;
  if (Number(told) > most) throw new Problem(commonProblems.bodyTooLarge);
  return true;
}

/** A body in pieces, counted as it comes. Throws 413 with the piece that is too much. */
export async function readPieces(request: Request, most: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > most) throw new Problem(commonProblems.bodyTooLarge);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Refuses bodies that are longer, before what follows reads them. */
export function limitBody(most: number): MiddlewareHandler {
  return async (context, next) => {
    const { raw } = context.req;
    const hasBody = raw.method !== 'GET' && raw.method !== 'HEAD';
    if (hasBody && !tellsLength(raw.headers, most) && raw.body) {
      context.req.raw = new Request(raw, { body: await readPieces(raw, most) });
    }
    await next();
  };
}
