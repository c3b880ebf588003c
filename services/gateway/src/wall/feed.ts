import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { WallReader } from './read-wall.ts';

export interface WallFeedOptions {
  /** What a token may read, null once it may not; throws while nobody can tell. */
  lookUp: (token: string) => Promise<KioskPrincipal | null>;
  openReader: (kiosk: KioskPrincipal) => WallReader;
  /** Hears of a look that failed; the next one comes all the same. */
  onError: (error: unknown) => void;
  /** How often tokens and figures are looked at. */
  everyMs: number;
  /** How long a stream lasts; screens ask again. */
  mostMs: number;
  mostStreams: number;
  mostStreamsOfKiosk: number;
}

type Controller = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

interface Stream {
  token: string;
  kioskId: string;
  wall: Wall;
  controller: Controller;
  endsAtMs: number;
}

/** What several screens of one area share. */
interface Wall {
  key: string;
  reader: WallReader;
  first: Promise<void>;
}

const encoder = new TextEncoder();
/** Events that a screen has not taken: it is gone, or too slow to be of use. */
const mostWaiting = 20;

/** Streams of server-sent events for all screens of this process: one set of figures an area. */
export function createWallFeed(options: WallFeedOptions) {
  const streams = new Set<Stream>();
  const walls = new Map<string, Wall>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function tell(stream: Stream, event: string, data: unknown): void {
    const { controller } = stream;
    if ((controller.desiredSize ?? 0) < -mostWaiting) close(stream);
    else controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  function forget(stream: Stream): boolean {
    const isKnown = streams.delete(stream);
    const isWatched = [...streams].some(({ wall }) => wall === stream.wall);
    if (!isWatched) walls.delete(stream.wall.key);
    return isKnown;
  }

  function close(stream: Stream): void {
    if (forget(stream)) stream.controller.close();
  }

  /** Ends the streams of tokens that are good no more; while nobody can tell, they go on. */
  async function checkTokens(): Promise<void> {
    const tokens = [...new Set([...streams].map(({ token }) => token))];
    const checks = tokens.map(async (token) => {
      const isOver = await options.lookUp(token).then(
        (kiosk) => kiosk === null,
        () => false,
      );
      for (const stream of isOver ? streams : []) {
        if (stream.token !== token) continue;
        tell(stream, 'end', { reason: 'revoked' });
        close(stream);
      }
    });
    await Promise.all(checks);
  }

  async function look(): Promise<void> {
    await checkTokens();
    await Promise.all([...walls.values()].map(({ reader }) => reader.look()));
    for (const stream of streams) {
      tell(stream, 'figures', stream.wall.reader.figures());
      if (performance.now() >= stream.endsAtMs) close(stream);
    }
  }

  function lookSoon(): void {
    if (streams.size === 0 || isStopped) return;
    timer ??= setTimeout(() => {
      void look()
        .catch(options.onError)
        .finally(() => {
          timer = undefined;
          lookSoon();
        });
    }, options.everyMs).unref();
  }

  function wallOf(kiosk: KioskPrincipal): Wall {
    const key = `${kiosk.areaPath} ${kiosk.programmeId ?? ''}`;
    const known = walls.get(key);
    if (known) return known;
    const reader = options.openReader(kiosk);
    const wall = { key, reader, first: reader.look() };
    walls.set(key, wall);
    return wall;
  }

  function refuseMany(kioskId: string): void {
    if (streams.size >= options.mostStreams || isStopped) {
      throw new Problem(commonProblems.busy, { retryAfterSeconds: 10 });
    }
    const own = [...streams].filter((stream) => stream.kioskId === kioskId);
    if (own.length >= options.mostStreamsOfKiosk) {
      throw new Problem(commonProblems.tooManyRequests, { retryAfterSeconds: 30 });
    }
  }

  return {
    /** The figures of a token's area, at once and then again and again. Throws a Problem. */
    async open(token: string, kiosk: KioskPrincipal): Promise<ReadableStream> {
      refuseMany(kiosk.kioskId);
      const wall = wallOf(kiosk);
      await wall.first;
      refuseMany(kiosk.kioskId);
      let stream: Stream | undefined;
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          const endsAtMs = performance.now() + options.mostMs;
          stream = { token, kioskId: kiosk.kioskId, wall, controller, endsAtMs };
          walls.set(wall.key, wall);
          streams.add(stream);
          tell(stream, 'figures', wall.reader.figures());
          lookSoon();
        },
        cancel() {
          if (stream) forget(stream);
        },
      });
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
      for (const stream of streams) close(stream);
    },
  };
}

export type WallFeed = ReturnType<typeof createWallFeed>;
