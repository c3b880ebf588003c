import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where a connection is cut, once. */
export interface Cut {
  /** Whose bytes are counted. */
  side: 'client' | 'server';
  /** Counting starts with the client's chunk in which this is found; at once unless set. */
  from?: RegExp;
  /** So many bytes still pass, then both ends are closed. */
  afterBytes: number;
  /** The client's last bytes reach the server only so much later than the client is cut off. */
  lateMs?: number;
}

interface Link {
  client: Socket;
  server: Socket;
  /** The cut this connection met, and the bytes that still pass before it. */
  cut?: Cut;
  leftBytes: number;
}

const isMet = ({ from }: Cut, chunk: Buffer) => !from || from.test(chunk.toString('latin1'));

/** A TCP proxy before an engine that passes, delays, and cuts where a test says. */
export async function openTcpProxy(targetUrl: string) {
  const target = new URL(targetUrl);
  const links = new Set<Link>();
  let armed: Cut | undefined;
  let delayMs = 0;
  let cuts = 0;

  function onChunk(link: Link, side: Cut['side'], chunk: Buffer): void {
    if (armed && side === 'client' && isMet(armed, chunk)) {
      link.cut = armed;
      link.leftBytes = armed.afterBytes;
      armed = undefined;
    }
    const to = side === 'client' ? link.server : link.client;
    if (link.cut?.side !== side) to.write(chunk);
    else if (chunk.length < link.leftBytes) {
      link.leftBytes -= chunk.length;
      to.write(chunk);
    } else {
      cuts += 1;
      const { lateMs = 0 } = link.cut;
      const last = chunk.subarray(0, link.leftBytes);
      if (side === 'server') link.server.destroy();
      else link.client.destroy();
      if (lateMs === 0) to.end(last);
      else setTimeout(() => to.end(last), lateMs);
    }
  }

  function pass(link: Link, side: Cut['side']): void {
    const [from, to] = side === 'client' ? [link.client, link.server] : [link.server, link.client];
    let line = Promise.resolve();
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => {
      if (delayMs === 0) return onChunk(link, side, chunk);
      const waitMs = delayMs;
      line = line.then(() => new Promise((resolve) => setTimeout(resolve, waitMs)));
      line = line.then(() => onChunk(link, side, chunk));
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      if (!link.cut?.lateMs) to.destroySoon();
      links.delete(link);
    });
  }

  const listener = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const link: Link = { client, server, leftBytes: 0 };
    links.add(link);
    pass(link, 'client');
    pass(link, 'server');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;

  /** Cuts every connection that is open now. */
  function cutAll(): void {
    for (const { client, server } of links) {
      client.destroy();
      server.destroy();
    }
  }

  const through = new URL(targetUrl);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    /** The target's URL with this proxy in its place. */
    url: through.href,
    /** Arms one cut; the first connection that meets it is cut, all others pass. */
    cutOnce(cut: Cut): void {
      armed = cut;
    },
    /** Cuts done so far by `cutOnce`, for a test to see that it tested something. */
    cuts: () => cuts,
    /** Every chunk from now on comes so much later. */
    delay(ms: number): void {
      delayMs = ms;
    },
    cutAll,
    async close(): Promise<void> {
      cutAll();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

export type TcpProxy = Awaited<ReturnType<typeof openTcpProxy>>;
