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

/** What a proxy is told to do, and has done so far. */
interface Orders {
  /** Waits for the first connection that meets it. */
  armed: Cut | undefined;
  delayMs: number;
  cuts: number;
}

const isMet = ({ from }: Cut, chunk: Buffer) => !from || from.test(chunk.toString('latin1'));

/** Passes a chunk on, or what of it still passes before the cut. */
function passChunk(orders: Orders, link: Link, side: Cut['side'], chunk: Buffer): void {
  if (orders.armed && side === 'client' && isMet(orders.armed, chunk)) {
    link.cut = orders.armed;
    link.leftBytes = orders.armed.afterBytes;
    orders.armed = undefined;
  }
  const to = side === 'client' ? link.server : link.client;
  if (link.cut?.side !== side) to.write(chunk);
  else if (chunk.length < link.leftBytes) {
    link.leftBytes -= chunk.length;
    to.write(chunk);
  } else {
    orders.cuts += 1;
    const { lateMs = 0 } = link.cut;
    const last = chunk.subarray(0, link.leftBytes);
    if (side === 'server') link.server.destroy();
    else link.client.destroy();
    if (lateMs === 0) to.end(last);
    else setTimeout(() => to.end(last), lateMs);
  }
}

/** Carries one direction of a connection, chunk by chunk in order. */
function carry(orders: Orders, link: Link, side: Cut['side']): void {
  const [from, to] = side === 'client' ? [link.client, link.server] : [link.server, link.client];
  let line = Promise.resolve();
  from.setNoDelay(true);
  from.on('data', (chunk: Buffer) => {
    if (orders.delayMs === 0) return passChunk(orders, link, side, chunk);
    const waitMs = orders.delayMs;
    line = line.then(() => new Promise((resolve) => setTimeout(resolve, waitMs)));
    line = line.then(() => passChunk(orders, link, side, chunk));
  });
  from.on('error', () => from.destroy());
  from.on('close', () => {
    if (!link.cut?.lateMs) to.destroySoon();
  });
}

/** A TCP proxy before an engine that passes, delays, and cuts where a test says. */
export async function openTcpProxy(targetUrl: string) {
  let target = new URL(targetUrl);
  const links = new Set<Link>();
  const orders: Orders = { armed: undefined, delayMs: 0, cuts: 0 };
  const listener = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const link: Link = { client, server, leftBytes: 0 };
    links.add(link);
    carry(orders, link, 'client');
    carry(orders, link, 'server');
    client.on('close', () => links.delete(link));
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
      orders.armed = cut;
    },
    /** Cuts done so far by `cutOnce`, for a test to see that it tested something. */
    cuts: () => orders.cuts,
    /** Every chunk from now on comes so much later. */
    delay(ms: number): void {
      orders.delayMs = ms;
    },
    cutAll,
    /** Leads every new connection to another engine; those that are open stay as they are. */
    leadTo(url: string): void {
      target = new URL(url);
    },
    async close(): Promise<void> {
      cutAll();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

export type TcpProxy = Awaited<ReturnType<typeof openTcpProxy>>;
