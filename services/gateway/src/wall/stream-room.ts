import { commonProblems, Problem } from '@ddp/contracts/problem';

export interface Stream {
  token: string;
  kioskId: string;
  /** Of the figures that it is told. */
  wallKey: string;
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  endsAtMs: number;
}

export interface StreamLimits {
  mostStreams: number;
  mostStreamsOfKiosk: number;
}

const encoder = new TextEncoder();
/** Events that a screen has not taken: it is gone, or too slow to be of use. */
const mostWaiting = 20;

/** The streams that are open in this process, and how many there may be. */
export function createStreamRoom({ mostStreams, mostStreamsOfKiosk }: StreamLimits) {
  const streams = new Set<Stream>();

  function close(stream: Stream): void {
    if (streams.delete(stream)) stream.controller.close();
  }

  return {
    all: (): Stream[] => [...streams],
    /** Throws a Problem where one more is too many. */
    requireRoom(kioskId: string): void {
      if (streams.size >= mostStreams) {
        throw new Problem(commonProblems.busy, { retryAfterSeconds: 10 });
      }
      const own = [...streams].filter((stream) => stream.kioskId === kioskId);
      if (own.length >= mostStreamsOfKiosk) {
        throw new Problem(commonProblems.tooManyRequests, { retryAfterSeconds: 30 });
      }
    },
    enter: (stream: Stream) => streams.add(stream),
    leave: (stream: Stream) => streams.delete(stream),
    close,
    tell(stream: Stream, event: string, data: unknown): void {
      const { controller } = stream;
      if (!streams.has(stream)) return;
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      if ((controller.desiredSize ?? 0) < -mostWaiting) close(stream);
      else controller.enqueue(encoder.encode(text));
    },
  };
}
