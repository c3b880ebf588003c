import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { WallReader } from './read-wall.ts';
import { createStreamRoom, type Stream, type StreamLimits } from './stream-room.ts';

export interface WallFeedOptions extends StreamLimits {
  /** What a token may read, null once it may not; throws while nobody can tell. */
  lookUp: (token: string) => Promise<KioskPrincipal | null>;
  openReader: (kiosk: KioskPrincipal) => WallReader;
  /** Hears of a look that failed; the next one comes all the same. */
  onError: (error: unknown) => void;
  /** How often tokens and figures are looked at. */
  everyMs: number;
  /** How long a stream lasts; screens ask again. */
  mostMs: number;
}

/** What several screens of one area share. */
interface Wall {
  key: string;
  reader: WallReader;
  first: Promise<void>;
}

/** The figures that are read, by area and programme. */
function createWalls(openReader: WallFeedOptions['openReader']) {
  const walls = new Map<string, Wall>();
  return {
    walls,
    of(kiosk: KioskPrincipal): Wall {
      const key = `${kiosk.areaPath} ${kiosk.programmeId ?? ''}`;
      const known = walls.get(key);
      if (known) return known;
      const reader = openReader(kiosk);
      const wall = { key, reader, first: reader.look() };
      walls.set(key, wall);
      return wall;
    },
    /** Forgets what nobody watches any more. */
    keepOnly(keys: ReadonlySet<string>): void {
      for (const key of walls.keys()) if (!keys.has(key)) walls.delete(key);
    },
  };
}

/** Streams of server-sent events for all screens of this process: one set of figures an area. */
export function createWallFeed(options: WallFeedOptions) {
  const room = createStreamRoom(options);
  const { walls, of: wallOf, keepOnly } = createWalls(options.openReader);
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  /** Ends the streams of tokens that are good no more; while nobody can tell, they go on. */
  async function checkToken(token: string): Promise<void> {
    const kiosk = await options.lookUp(token).catch(() => undefined);
    if (kiosk !== null) return;
    for (const stream of room.all().filter((one) => one.token === token)) {
      room.tell(stream, 'end', { reason: 'revoked' });
      room.close(stream);
    }
  }

  async function look(): Promise<void> {
    await Promise.all([...new Set(room.all().map(({ token }) => token))].map(checkToken));
    keepOnly(new Set(room.all().map(({ wallKey }) => wallKey)));
    await Promise.all([...walls.values()].map(({ reader }) => reader.look()));
    for (const stream of room.all()) {
      const wall = walls.get(stream.wallKey);
      if (wall) room.tell(stream, 'figures', wall.reader.figures());
      if (performance.now() >= stream.endsAtMs) room.close(stream);
    }
  }

  function lookSoon(): void {
    if (isStopped || (room.all().length === 0 && walls.size === 0)) return;
    timer ??= setTimeout(() => {
      void look()
        .catch(options.onError)
        .finally(() => {
          timer = undefined;
          lookSoon();
        });
    }, options.everyMs).unref();
  }

  return {
    /** The figures of a token's area, at once and then again and again. Throws a Problem. */
    async open(token: string, kiosk: KioskPrincipal): Promise<ReadableStream> {
      if (isStopped) throw new Problem(commonProblems.busy, { retryAfterSeconds: 10 });
      const { kioskId } = kiosk;
      room.requireRoom(kioskId);
      const wall = wallOf(kiosk);
      await wall.first;
      room.requireRoom(kioskId);
      let stream: Stream | undefined;
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          const endsAtMs = performance.now() + options.mostMs;
          stream = { token, kioskId, wallKey: wall.key, controller, endsAtMs };
          walls.set(wall.key, wall);
          room.enter(stream);
          room.tell(stream, 'figures', wall.reader.figures());
          lookSoon();
        },
        cancel() {
          if (stream) room.leave(stream);
        },
      });
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
      for (const stream of room.all()) room.close(stream);
    },
  };
}

export type WallFeed = ReturnType<typeof createWallFeed>;
